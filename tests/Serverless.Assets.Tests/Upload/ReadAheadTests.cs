using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Upload;

/// <summary>The Assets are listed while the Service is requested, if they are probably needed.</summary>
public sealed class ReadAheadTests
{
    private const int Files = 3;

    [Fact]
    public async Task The_Assets_of_a_Service_that_is_given_by_name_are_listed_while_it_is_requested()
    {
        await using var bench = await EngineWorkbench.StartAsync();
        bench.WriteFiles(Files);
        await bench.UploadAsync();
        bench.WriteFiles(Files + 1);
        var isListed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var handler = new InterceptingHandler(
            async (request, cancellationToken) =>
            {
                if (request.RequestUri!.AbsolutePath.EndsWith("/Assets", StringComparison.Ordinal))
                {
                    isListed.TrySetResult();
                }
                else if (
                    request.RequestUri.AbsolutePath.EndsWith(
                        $"/{ProjectWorkbench.ServiceName}",
                        StringComparison.Ordinal
                    )
                )
                {
                    await isListed.Task.WaitAsync(cancellationToken);
                }

                return null;
            }
        );
        bench.HttpHandler = () => handler;

        await bench.UploadAsync();

        await bench.AssertCompleteAsync(Files + 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_listed_of_another_Service_is_not_used(bool isDeleted)
    {
        await using var bench = await EngineWorkbench.StartAsync();
        bench.WriteFiles(Files);
        var first = await bench.UploadAsync();
        if (isDeleted)
        {
            await bench.Emulator.DeleteAsync($"/v1/Services/{first.ServiceSid}");
        }

        bench.Settings = bench.Settings.With(SettingTable.ServiceName, "other");
        var second = await bench.UploadAsync();

        Assert.NotEqual(first.ServiceSid, second.ServiceSid);
        Assert.Equal(Files, (await bench.Emulator.GetAssetNamesAsync("other")).Count);
        Assert.Empty(
            second.Assets.Select(asset => asset.AssetSid).Intersect(first.Assets.Select(asset => asset.AssetSid))
        );
        Assert.Empty(bench.Logger.Warnings);
    }

    [Fact]
    public async Task If_it_is_not_clear_which_Service_it_is_its_SID_is_waited_for()
    {
        await using var bench = await EngineWorkbench.StartAsync();
        bench.WriteFiles(Files);
        await bench.UploadAsync();
        var settings = bench.Settings;
        bench.Settings = settings.With(SettingTable.ServiceName, "other");
        await bench.UploadAsync();
        bench.Settings = settings;
        bench.WriteFiles(Files + 1);
        await bench.Emulator.ResetStatsAsync();

        await bench.UploadAsync();

        // The second list is that after a creation.
        Assert.Equal(2, (await bench.Emulator.CountRequestsAsync())["Asset.List"]);
        await bench.AssertCompleteAsync(Files + 1);
    }
}
