namespace Serverless.Assets.Emulator.Storage;

/// <summary>An Asset Version or a Function Version; a Build holds copies of them.</summary>
internal sealed record ResourceVersion(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string ResourceSid,
    ResourceKind Kind,
    string Path,
    string Visibility,
    string ContentType,
    string Sha256,
    long Size,
    DateTimeOffset Created
);
