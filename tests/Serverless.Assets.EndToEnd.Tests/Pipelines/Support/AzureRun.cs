namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>What a job of Azure Pipelines left.</summary>
/// <param name="Log">The visible log: without commands, and with secrets replaced with <c>***</c>.</param>
/// <param name="RawLog">As the steps wrote it.</param>
/// <param name="Summaries">What the run's page shows, each with the name of its file.</param>
/// <param name="Issues"><c>error file(line) SAB1001: text</c></param>
/// <param name="Variables">What the steps have set: <c>serverlessAssets.url</c>.</param>
/// <param name="Artifacts">Name and file.</param>
internal sealed record AzureRun(
    bool Succeeded,
    string Log,
    string RawLog,
    IReadOnlyList<(string Name, string Text)> Summaries,
    IReadOnlyList<string> Issues,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyDictionary<string, string> Artifacts
)
{
    public AzureRun AssertSucceeded()
    {
        Assert.True(Succeeded, RawLog);
        Assert.Empty(Issues);
        return this;
    }
}
