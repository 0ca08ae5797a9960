namespace Serverless.Assets.Emulator.Storage;

/// <summary>An Asset or a Function: a name that holds versions.</summary>
internal sealed record Resource(
    string Sid,
    string AccountSid,
    string ServiceSid,
    ResourceKind Kind,
    string FriendlyName,
    DateTimeOffset Created,
    DateTimeOffset Updated
);
