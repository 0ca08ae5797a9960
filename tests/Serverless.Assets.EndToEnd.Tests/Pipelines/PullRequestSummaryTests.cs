using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

public sealed class PullRequestSummaryTests(PackageFeed feed, ToolFeed tool) : PipelineTest(feed, tool)
{
    private const string GitHubFolder = "/home/runner/work/my-voice-app/my-voice-app";
    private const string AzureFolder = "/home/vsts/work/1/s";

    private static readonly (string, string)[] First =
    [
        ("assets/index.html", "<h1>Harbor View</h1>"),
        ("assets/css/site.css", "h1 { color: navy }"),
        ("assets/audio/hold.mp3", "music"),
        ("assets/hold.protected.twiml", "<Response/>"),
        ("assets/agents.private.json", "[]"),
        ("assets/old.txt", "old"),
    ];

    private static readonly (string, string)[] Second =
    [
        .. First[..^1],
        ("assets/css/site.css", "h1 { color: teal }"),
        ("assets/js/app.js", "console.log(1)"),
        ("assets/js/app.js.map", "{}"),
    ];

    private static readonly (string, string)[] Wrong =
    [
        .. Second,
        ("assets/empty.txt", ""),
        ("assets/two words.txt", "x"),
    ];

    [Fact]
    public async Task The_page_shows_what_runs_leave()
    {
        var parts = new Dictionary<string, string>();
        var emulator = await StartServiceAsync();
        CheckOut(First);
        (await RunWorkflowAsync(emulator, "preview", PullRequest("opened"))).AssertSucceeded();
        CheckOut(Second);
        var run = await RunWorkflowAsync(emulator, "preview", PullRequest("synchronize"));
        Assert.True(run.Succeeded, run.RawLog);
        parts["github"] = run.Summary;
        parts["github-outputs"] = SummaryPage.Code(
            run.Outputs.Where(output => output.Key.StartsWith("assets.", StringComparison.Ordinal))
                .Select(output => $"{output.Key["assets.".Length..]}={output.Value}")
        );
        CheckOut(Wrong);
        run = await RunWorkflowAsync(emulator, "preview", PullRequest("synchronize"));
        Assert.False(run.Succeeded, run.RawLog);
        (parts["github-failed"], parts["github-annotations"]) = (run.Summary, SummaryPage.Code(run.Annotations));

        emulator = await StartServiceAsync();
        CheckOut(First);
        (await RunPipelineAsync(emulator, "Preview", AzurePullRequest)).AssertSucceeded();
        CheckOut(Second);
        var azure = await RunPipelineAsync(emulator, "Preview", AzurePullRequest);
        Assert.True(azure.Succeeded, azure.RawLog);
        parts["azure"] = Assert.Single(azure.Summaries).Text;
        parts["azure-outputs"] = SummaryPage.Code(
            azure
                .Variables.Where(variable => variable.Key.StartsWith("serverlessAssets.", StringComparison.Ordinal))
                .Select(variable => $"{variable.Key}={variable.Value}")
        );
        CheckOut(Wrong);
        azure = await RunPipelineAsync(emulator, "Preview", AzurePullRequest);
        Assert.False(azure.Succeeded, azure.RawLog);
        (parts["azure-failed"], parts["azure-annotations"]) = (
            Assert.Single(azure.Summaries).Text,
            SummaryPage.Code(azure.Issues)
        );

        await SummaryPage.AssertIsAsync(
            parts.ToDictionary(
                part => part.Key,
                part =>
                    SummaryPage.Normalize(
                        part.Value,
                        Workspace,
                        part.Key.StartsWith("github", StringComparison.Ordinal) ? GitHubFolder : AzureFolder
                    )
            )
        );
    }
}
