using System.Text.Json.Serialization;
using Serverless.Assets.Client;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;

namespace Serverless.Assets.State;

/// <summary>An Asset Version that an earlier run created.</summary>
/// <param name="KnownAt">When it was uploaded, or last found in a deployed Build.</param>
internal sealed record RememberedUpload(
    StateKey Key,
    [property: JsonConverter(typeof(AssetSidConverter))] Sid AssetSid,
    [property: JsonConverter(typeof(VersionSidConverter))] Sid AssetVersionSid,
    DateTimeOffset KnownAt
);

/// <summary>Identifies the input of an upload: a file with the same key need not be uploaded again.</summary>
internal sealed record StateKey(
    [property: JsonConverter(typeof(AccountSidConverter))] Sid AccountSid,
    [property: JsonConverter(typeof(ServiceSidConverter))] Sid ServiceSid,
    AssetPath Path,
    Visibility Visibility,
    string ContentType,
    string Sha256
);

/// <summary>Identifies the Asset of a path in a Service.</summary>
internal sealed record AssetKey(Sid AccountSid, Sid ServiceSid, AssetPath Path)
{
    public static AssetKey From(StateKey key) => new(key.AccountSid, key.ServiceSid, key.Path);
}

/// <summary>The hashes of a file's content when the file had the given stamp.</summary>
/// <param name="File">The path relative to the project, so that the state can be moved to another machine.</param>
internal sealed record RememberedHash(string File, FileStamp Stamp, ContentHash Hash);
