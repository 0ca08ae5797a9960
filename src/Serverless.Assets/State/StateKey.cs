using Serverless.Assets.Client;

namespace Serverless.Assets.State;

/// <summary>What makes two uploads the same: one of them is enough.</summary>
internal sealed record StateKey(
    string AccountSid,
    string ServiceSid,
    string Path,
    Visibility Visibility,
    string ContentType,
    string Sha256
);
