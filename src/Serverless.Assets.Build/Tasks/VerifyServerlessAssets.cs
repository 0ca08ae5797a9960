using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Fetches the site and compares it with the manifest.</summary>
[MSBuildMultiThreadableTask]
public sealed class VerifyServerlessAssets : ServiceTask
{
    private protected override async Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken)
    {
        var verified = await new ProjectPipeline(Context).VerifyAsync(Values, cancellationToken).ConfigureAwait(false);
        Report(verified);
        return true;
    }
}
