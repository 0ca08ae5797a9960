namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>A service that fails one request in ten, with all kinds of faults, for 100 seeds.</summary>
internal sealed class HostileSeeds : IScenario
{
    private const int Seeds = 100;
    private const int Files = 60;

    public string Name => "hostile";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(Files, 2048);
        int succeeded = 0,
            doubled = 0,
            wrong = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await workspace
                .Emulator.SetFaultsAsync(
                    $$"""
                    {"seed": {{seed}}, "rate500": 0.05, "rate503Html": 0.02, "rateReset": 0.02, "rateResetAfterWork": 0.01, "rateBrokenJson": 0.01, "allowedConcurrency": 20}
                    """
                )
                .ConfigureAwait(false);
            var service = $"seed-{seed}";
            try
            {
                var result = await workspace.UploadAsync(service).ConfigureAwait(false);
                succeeded++;
                foreach (var asset in result!.Assets)
                {
                    var content = await workspace.Emulator.ContentAsync(asset.AssetVersionSid).ConfigureAwait(false);
                    var expected = await File.ReadAllBytesAsync(asset.Local.File).ConfigureAwait(false);
                    wrong += content.AsSpan().SequenceEqual(expected) ? 0 : 1;
                }
            }
            catch (Diagnostics.AssetException failure)
            {
                Console.Error.WriteLine($"seed {seed}: {failure.Message}");
            }

            doubled += await DoubledAssetsAsync(workspace, service).ConfigureAwait(false);
            await workspace.Emulator.DeleteAsync($"/v1/Services/{service}").ConfigureAwait(false); // an account has 50 at most
        }

        return
        [
            Figure.Exactly($"{Seeds} seeds, {Files} files each: runs that succeeded", succeeded, Seeds, "runs"),
            Figure.Exactly("  Assets of one name too many", doubled, 0, "Assets"),
            Figure.Exactly("  files with a wrong byte", wrong, 0, "files"),
        ];
    }

    private static async Task<int> DoubledAssetsAsync(Workspace workspace, string service)
    {
        await workspace.Emulator.SetFaultsAsync("{}").ConfigureAwait(false);
        var page = await workspace
            .Emulator.GetAsync($"/v1/Services/{service}/Assets?PageSize=1000")
            .ConfigureAwait(false);
        return page.GetProperty("assets")
            .EnumerateArray()
            .GroupBy(asset => asset.GetProperty("friendly_name").GetString())
            .Sum(group => group.Count() - 1);
    }
}
