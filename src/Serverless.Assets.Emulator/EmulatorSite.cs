namespace Serverless.Assets.Emulator;

/// <summary>A deployed site.</summary>
/// <param name="ServiceSid">The SID of the Service (<c>ZS…</c>).</param>
/// <param name="EnvironmentSid">The SID of the Environment (<c>ZE…</c>).</param>
/// <param name="BuildSid">The SID of the deployed Build (<c>ZB…</c>).</param>
/// <param name="Address">
/// Its address, for instance <c>http://site-1234-dev.localhost:5005/</c>. If a client does not resolve names that end with
/// <c>.localhost</c>, send the request to <see cref="ServerlessEmulator.BaseAddress"/>, with the authority of this
/// address as the <c>Host</c> header.
/// </param>
public sealed record EmulatorSite(string ServiceSid, string EnvironmentSid, string BuildSid, Uri Address);
