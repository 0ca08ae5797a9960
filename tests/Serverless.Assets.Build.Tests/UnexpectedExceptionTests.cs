using Serverless.Assets.Build.Tests.Support;

namespace Serverless.Assets.Build.Tests;

public sealed class UnexpectedExceptionTests
{
    [Fact]
    public async Task An_exception_is_an_error_and_its_stack_is_for_the_diagnostic_log()
    {
        await using var bench = Workbench.Create();
        var engine = new CapturingBuildEngine();
        var task = bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))));
        bench.HttpHandler = () => throw new NotSupportedException("no handler today");

        Assert.False(task.Execute());

        Assert.Equal(
            [
                LoggedEvent.Error(
                    "SAB9001",
                    "Unexpected NotSupportedException: no handler today. This is a bug in the tool: please report it and attach a log at diagnostic verbosity, which contains no secrets."
                ),
            ],
            engine.Log
        );
        Assert.Contains(
            engine.All,
            logged => logged.Kind == "Low" && logged.Message.Contains("   at ", StringComparison.Ordinal)
        );
    }
}
