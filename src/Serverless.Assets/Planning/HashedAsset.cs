using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Planning;

/// <summary>An asset with the hashes of its content.</summary>
/// <param name="Stamp">The stamp of the file when it was hashed.</param>
internal sealed record HashedAsset(LocalAsset Local, FileStamp Stamp, ContentHash Hash);
