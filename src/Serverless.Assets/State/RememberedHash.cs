using Serverless.Assets.Files;
using Serverless.Assets.Planning;

namespace Serverless.Assets.State;

/// <summary>What a file's content was when it had the stamp.</summary>
/// <param name="File">As shown to users: relative to the project, so that a state folder can move between machines.</param>
internal sealed record RememberedHash(string File, FileStamp Stamp, ContentHash Hash);
