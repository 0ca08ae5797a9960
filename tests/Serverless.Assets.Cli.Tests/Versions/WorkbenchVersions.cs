using System.Text.Json;

namespace Serverless.Assets.Cli.Tests.Versions;

/// <summary>What tests of <c>versions</c> prepare in the emulator, without the tool.</summary>
internal static class WorkbenchVersions
{
    /// <summary>An Asset SID that no Asset has.</summary>
    public const string UnknownAsset = "ZH0123456789abcdef0123456789abcdef";

    /// <summary>A version SID that no version has.</summary>
    public const string UnknownVersion = "ZN0123456789abcdef0123456789abcdef";

    /// <summary>Creates the Service.</summary>
    /// <returns>Its SID.</returns>
    public static async Task<string> CreateServiceAsync(this Workbench bench)
    {
        var service = (await bench.Emulator.Api.CreateServiceAsync(Workbench.ServiceName)).Sid();
        await bench.Emulator.ResetStatsAsync();
        return service;
    }

    /// <summary>Creates an Asset with public versions of these contents.</summary>
    /// <returns>Its SID, and those of the versions in the order of their creation.</returns>
    public static async Task<(string Asset, IReadOnlyList<string> Versions)> AddAssetAsync(
        this Workbench bench,
        string name,
        params string[] contents
    )
    {
        var asset = await bench.Emulator.Api.CreateAssetAsync(Workbench.ServiceName, name);
        var versions = new List<string>();
        foreach (var content in contents)
        {
            var uploaded = await bench.Emulator.Api.UploadAsync(
                Workbench.ServiceName,
                asset,
                name,
                "public",
                System.Text.Encoding.UTF8.GetBytes(content)
            );
            versions.Add(uploaded.Created().Sid());
        }

        await bench.Emulator.ResetStatsAsync();
        return (asset, versions);
    }

    /// <summary>Deploys a Build of one version.</summary>
    public static async Task DeployVersionAsync(this Workbench bench, string version, string environment = "dev")
    {
        var created = await bench.Emulator.Api.CreateEnvironmentAsync(Workbench.ServiceName, environment, environment);
        var build = (await bench.Emulator.Api.BuildAsync(Workbench.ServiceName, version)).Created();
        (await bench.Emulator.Api.DeployAsync(Workbench.ServiceName, created.Sid(), build.Sid())).Created();
        await bench.Emulator.ResetStatsAsync();
    }

    /// <summary>The SIDs in the output of <c>versions list --json</c>.</summary>
    public static IReadOnlyList<string> VersionSids(this JsonElement output) =>
        [.. output.GetProperty("versions").EnumerateArray().Select(version => version.Text("assetVersionSid"))];
}
