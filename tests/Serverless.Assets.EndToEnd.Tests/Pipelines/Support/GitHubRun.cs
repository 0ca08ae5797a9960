namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>What a job of GitHub Actions left.</summary>
/// <param name="Log">The visible log: without commands, and with secrets replaced with <c>***</c>.</param>
/// <param name="RawLog">As the steps wrote it.</param>
/// <param name="Annotations"><c>error file(line) SAB1001: text</c></param>
/// <param name="Outputs">Of the job, and of the steps that have an id: <c>assets.url</c>.</param>
internal sealed record GitHubRun(
    bool Succeeded,
    string Log,
    string RawLog,
    string Summary,
    IReadOnlyList<string> Annotations,
    IReadOnlyList<string> Groups,
    IReadOnlyDictionary<string, string> Outputs
)
{
    public GitHubRun AssertSucceeded()
    {
        Assert.True(Succeeded, RawLog);
        Assert.Empty(Annotations);
        return this;
    }
}
