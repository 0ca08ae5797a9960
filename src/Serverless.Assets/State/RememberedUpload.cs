using Serverless.Assets.Client;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;

namespace Serverless.Assets.State;

/// <summary>An Asset Version that an earlier run created.</summary>
/// <param name="KnownAt">When it was uploaded, or last found in a deployed Build.</param>
internal sealed record RememberedUpload(StateKey Key, string AssetSid, string AssetVersionSid, DateTimeOffset KnownAt);

/// <summary>What an upload depends on: an upload with the same key need not be repeated.</summary>
internal sealed record StateKey(
    string AccountSid,
    string ServiceSid,
    string Path,
    Visibility Visibility,
    string ContentType,
    string Sha256
);

/// <summary>Identifies the Asset of a path in a Service.</summary>
internal sealed record AssetKey(string AccountSid, string ServiceSid, string Path)
{
    public static AssetKey From(StateKey key) => new(key.AccountSid, key.ServiceSid, key.Path);
}

/// <summary>The hashes of a file's content at the time when the file had the stamp.</summary>
/// <param name="File">Path relative to the project, so that the state can move between machines.</param>
internal sealed record RememberedHash(string File, FileStamp Stamp, ContentHash Hash);
