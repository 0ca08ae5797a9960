using Serverless.Assets.Files;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Planning;

/// <summary>An asset whose content is known.</summary>
/// <param name="Stamp">Of the file when it was hashed.</param>
internal sealed record HashedAsset(LocalAsset Asset, FileStamp Stamp, ContentHash Hash);
