using Microsoft.Build.Framework;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Checks whether there are credentials, for <c>ServerlessAssetsRequired=false</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class ProbeServerlessCredentials : AssetTask
{
    /// <summary>ID of the project's .NET user secrets. Not a secret.</summary>
    public string UserSecretsId { get; set; } = "";

    /// <summary>Whether credentials were found.</summary>
    [Output]
    public bool HasCredentials { get; private set; }

    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        HasCredentials = CredentialLookup.Exist(Context.GetEnvironmentVariable, UserSecretsId);
        if (!HasCredentials)
        {
            LogSummary($"skipped, because there are no credentials and ServerlessAssetsRequired is false.");
        }

        return Task.FromResult(true);
    }
}
