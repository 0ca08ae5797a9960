using System.Net;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Faults;

/// <summary>Whatever ends a run, the files that failed before are named.</summary>
public sealed class FailuresToldTests
{
    [Fact]
    public async Task A_file_that_failed_is_named_when_the_credentials_stop_working_afterwards()
    {
        await using var service = await StartAsync();
        var uploads = 0;
        using var handler = InterceptingHandler.Replace(request =>
            IsUpload(request) && Interlocked.Increment(ref uploads) > 1
                ? new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("") }
                : null
        );
        service.HttpHandler = () => handler;
        service.Settings = service.Settings.With(SettingTable.MaxConcurrency, 1);

        var failure = await Assert.ThrowsAsync<AssetException>(() => service.UploadAsync());

        Assert.Equal(["SAB3001", "SAB3006"], failure.Diagnostics.Select(error => error.Code));
    }

    [Fact]
    public async Task A_file_that_failed_is_named_when_the_time_runs_out_afterwards()
    {
        await using var service = await StartAsync();
        service.Settings = service.Settings.With(SettingTable.MaxConcurrency, 1).With(SettingTable.Timeout, 3600);
        service.Emulator.Faults = service.Emulator.Faults with { HangNthRequest = 3 };

        var upload = service.UploadAsync();
        await service.Emulator.WaitForHangAsync();
        service.Advance(TimeSpan.FromHours(1));

        var failure = await Assert.ThrowsAsync<AssetException>(() => upload);

        Assert.Equal(["SAB3009", "SAB3006"], failure.Diagnostics.Select(error => error.Code));
    }

    private static bool IsUpload(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal);

    /// <summary>Two files that were uploaded and changed; the service refuses whichever comes first.</summary>
    private static async Task<EngineWorkbench> StartAsync()
    {
        var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.WriteFiles(2);
        await service.UploadAsync();
        service.WriteFile(0, "changed");
        service.WriteFile(1, "changed too");
        service.Emulator.Faults = new EmulatorFaults { RejectStatus = 400, RejectPathContains = "/f/" };
        return service;
    }
}
