namespace Serverless.Assets.Manifest;

/// <summary>Where the assets come from, as far as git and the CI system tell.</summary>
/// <param name="Run">Address of the CI run.</param>
internal sealed record ManifestSource(string? Commit, string? Branch, string? Run);
