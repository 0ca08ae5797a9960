using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.Build.Tests;

/// <summary>How far a long upload is, as the log of a CI system shows it.</summary>
public sealed partial class ProgressTests
{
    [Fact]
    public async Task Only_a_long_upload_reports_progress_every_five_seconds()
    {
        var clock = Workbench.CreateClock();
        await using var bench = await Workbench.StartAsync(clock: clock);
        var engine = new CapturingBuildEngine();
        var task = bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "aaa"))));
        bench.HttpHandler = () => new SlowUploads(() => clock.Advance(TimeSpan.FromSeconds(12)));

        Assert.True(task.Execute());

        Assert.Equal(
            [
                LoggedEvent.High($"Created the Service site ({task.ServiceSid})"),
                LoggedEvent.High("0 of 1 assets done, 3 B of 3 B sent, 0 B/s, … requests in flight"),
                LoggedEvent.High("0 of 1 assets done, 3 B of 3 B sent, 0 B/s, … requests in flight"),
                LoggedEvent.High(
                    $"Serverless assets: Uploaded 1 file (3 B) to {task.ServiceSid} in 12.0 s, 0 unchanged"
                ),
                LoggedEvent.High($"Site -> {bench.ManifestPath}"),
            ],
            engine.Log.Select(logged =>
                logged with
                {
                    Message = InFlight().Replace(logged.Message, ", … requests in flight"),
                }
            )
        );

        engine = new CapturingBuildEngine();
        bench.HttpHandler = ApiConnection.CreateHandler;
        task = bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "bbb"))));
        Assert.True(task.Execute());
        Assert.Equal(
            [
                LoggedEvent.High(
                    $"Serverless assets: Uploaded 1 file (3 B) to {task.ServiceSid} in 0.0 s, 0 unchanged"
                ),
                LoggedEvent.High($"Site -> {bench.ManifestPath}"),
            ],
            engine.Log
        );
    }

    /// <summary>Advances time between the end of an upload and its response.</summary>
    private sealed class SlowUploads(Action wait) : DelegatingHandler(ApiConnection.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal))
            {
                wait();
            }

            return answer;
        }
    }

    /// <summary>A list may still be read beside the upload.</summary>
    [GeneratedRegex(", [1-9] of [0-9]+ requests in flight")]
    private static partial Regex InFlight();
}
