using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Comparison.Contenders;

/// <summary>The package of this repository: <c>dotnet publish</c> of a project that was built before.</summary>
/// <param name="version">Of the SDK.</param>
internal sealed class PublishContender(PackageFolder package, string version) : IContender
{
    public string Name => "dotnet publish";

    public string Version => version;

    public async Task PrepareAsync(ComparedSite site)
    {
        package.WriteFence(site.Folder);
        await PackageFolder.WriteProjectAsync(site.Folder).ConfigureAwait(false);
        await PackageFolder.RunAsync(site.Folder, "publish", "-p:ServerlessAssetsUploadOn=None").ConfigureAwait(false);
    }

    public IEnumerable<ProcessStartInfo> Deploy(ComparedSite site, ComparedCase compared, string service, Uri emulator)
    {
        yield return ContenderCommand.Create(
            site,
            "dotnet",
            "publish",
            "--no-restore",
            "-nodeReuse:false",
            "-tl:off",
            "-p:ServerlessAssetsDeployOn=Publish",
            "-p:ServerlessAssetsCreateService=true",
            "-p:ServerlessAssetsServiceLimits=Warn",
            $"-p:ServerlessAssetsServiceName={service}",
            $"-p:ServerlessAssetsApiBaseUrl={emulator.OriginalString}",
            $"-p:ServerlessAssetsUploadBaseUrl={emulator.OriginalString}"
        );
    }
}
