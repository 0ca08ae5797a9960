namespace Serverless.Assets.Emulator.Storage;

/// <param name="Domain">The host label of the site, lower case: domain base and suffix.</param>
/// <param name="BuildSid">The Build of the last Deployment, null when nothing is deployed.</param>
internal sealed record DeployEnvironment(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string UniqueName,
    string DomainSuffix,
    string Domain,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string? BuildSid
);
