namespace Serverless.Assets.Emulator.Storage;

/// <param name="BuildSid">Null: this Deployment takes everything down.</param>
/// <param name="Visible">From when on the site shows it.</param>
internal sealed record Deployment(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string EnvironmentSid,
    string? BuildSid,
    DateTimeOffset Created,
    DateTimeOffset Visible
);
