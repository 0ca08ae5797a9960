using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;
using Serverless.Assets.Tests.Support;

namespace Serverless.Assets.Tests.Faults;

/// <summary>Whatever ends a run, the files that failed before are named.</summary>
public sealed class FailuresToldTests
{
    [Fact]
    public async Task A_file_that_failed_is_named_when_the_credentials_stop_working_afterwards()
    {
        await using var service = await StartAsync();
        var uploads = 0;
        using var handler = new AnsweringHandler(request =>
            IsUpload(request) && Interlocked.Increment(ref uploads) > 1 ? HttpStatusCode.Unauthorized : null
        );
        service.Handler = () => handler;
        service.Settings = service.Settings.With(SettingTable.MaxConcurrency, 1);

        var failure = await Assert.ThrowsAsync<AssetException>(() => service.UploadAsync());

        Assert.Equal(["SAB3001", "SAB3006"], failure.Diagnostics.Select(error => error.Code));
    }

    [Fact]
    public async Task A_file_that_failed_is_named_when_the_time_runs_out_afterwards()
    {
        await using var service = await StartAsync();
        service.Settings = service.Settings.With(SettingTable.MaxConcurrency, 1).With(SettingTable.Timeout, 20);
        service.Emulator.Faults = service.Emulator.Faults with { HangNthRequest = 3 };

        var failure = await Assert.ThrowsAsync<AssetException>(() => service.UploadAsync());

        Assert.Equal(["SAB3009", "SAB3006"], failure.Diagnostics.Select(error => error.Code));
    }

    private static bool IsUpload(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal);

    /// <summary>Two files that were uploaded and changed; the service refuses whichever comes first.</summary>
    private static async Task<EmulatedService> StartAsync()
    {
        var service = await EmulatedService.StartAsync();
        service.Clock = new HurriedClock();
        service.WriteFiles(2);
        await service.UploadAsync();
        service.WriteFile(0, "changed");
        service.WriteFile(1, "changed too");
        service.Emulator.Faults = new EmulatorFaults { RejectStatus = 400, RejectPathContains = "/f/" };
        return service;
    }

    private sealed class AnsweringHandler(Func<HttpRequestMessage, HttpStatusCode?> answer)
        : DelegatingHandler(ApiConnection.CreateHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) =>
            answer(request) is { } status
                ? Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("") })
                : base.SendAsync(request, cancellationToken);
    }
}
