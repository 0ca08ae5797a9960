using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Checks whether there are credentials, for <c>ServerlessAssetsRequired=false</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class ProbeServerlessCredentials : AssetTask
{
    /// <summary>ID of the project's .NET user secrets. Not a secret.</summary>
    public string UserSecretsId { get; set; } = "";

    /// <summary>Whether there are credentials to upload with; never the credentials.</summary>
    [Output]
    public bool HasCredentials { get; private set; }

    private protected override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        HasCredentials = CredentialLookup.Exist(Context.Environment, UserSecretsId);
        if (!HasCredentials)
        {
            Logger.Log(
                LogLevel.Summary,
                $"Serverless assets: no credentials here, and ServerlessAssetsRequired is false: nothing is uploaded."
            );
        }

        return Task.FromResult(true);
    }
}
