using System.Diagnostics;
using System.Globalization;
using System.Net;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Manifest;

/// <summary>
/// In place of git, the tests run <c>sh</c>, which takes the name of git's command as that of a script in the folder.
/// </summary>
public sealed class GitRepositoryTests : IDisposable
{
    private const string Commit = "rev-parse";
    private const string Branch = "symbolic-ref";

    /// <summary>Starts a program of its own, and does not end by itself.</summary>
    private const string Hangs = "echo $$ > started/.new; sleep 1000 & mv started/.new started/pid; wait";

    private readonly TempFolder _temp = new();
    private readonly ManualClock _clock = new();

    public GitRepositoryTests() => ProgramPath.SkipUnlessInstalled("sh");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task The_answer_is_what_git_writes()
    {
        _temp.Write(Commit, "echo more >&2; echo $0 $*");
        _temp.Write(Branch, "printf 'feature/\\303\\244 '");

        Assert.Equal("rev-parse --verify HEAD", await Git().FindCommitAsync(Cancellation));
        Assert.Equal("feature/\u00e4", await Git().FindBranchAsync(Cancellation));
    }

    [Theory]
    [InlineData("echo abc; exit 128")]
    [InlineData("echo")]
    [InlineData("exec 1>&- 2>&-; exit 1")]
    public async Task A_failure_is_no_answer(string script)
    {
        _temp.Write(Commit, script);

        Assert.Null(await Git().FindCommitAsync(Cancellation));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_no_answer() =>
        Assert.Null(await Git("no-such-program-at-all").FindCommitAsync(Cancellation));

    [Fact]
    public async Task An_endless_answer_is_not_read()
    {
        _temp.Write(Commit, Remember("exec yes"));

        Assert.Null(await Git().FindCommitAsync(Cancellation).WithinAsync("the end of git"));

        await AssertEndedAsync();
        Assert.Equal([TimeSpan.FromSeconds(5)], _clock.Timers.Distinct());
    }

    [Theory]
    [InlineData(Hangs)]
    [InlineData("exec yes >&2")]
    [InlineData("exec 1>&-; exec sleep 1000")]
    public async Task Git_has_five_seconds(string script)
    {
        _temp.Write(Commit, script == Hangs ? Prepare(script) : Remember(script));
        var answer = Git().FindCommitAsync(Cancellation);
        await FileSignal.WaitForAsync(_temp["started/pid"]);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(answer.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Null(await answer.WithinAsync("the end of git"));
        await AssertEndedAsync();
    }

    [Fact]
    public async Task A_cancellation_ends_git()
    {
        using var cancel = new CancellationTokenSource();
        _temp.Write(Commit, Prepare(Hangs));
        var answer = Git().FindCommitAsync(cancel.Token);
        await FileSignal.WaitForAsync(_temp["started/pid"]);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WithinAsync("the end of git"));
        await AssertEndedAsync();
    }

    [Theory]
    [InlineData("failure")]
    [InlineData("cancellation")]
    [InlineData("time limit")]
    public async Task However_an_upload_ends_no_git_is_left(string reason)
    {
        await using var bench = await EngineWorkbench.StartAsync();
        bench.WriteFiles(2);
        bench.GitProgram = "sh";
        bench.Write(Commit, Hangs);
        Directory.CreateDirectory(bench.PathOf("started"));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        bench.Cancellation = cancel.Token;
        if (reason == "time limit")
        {
            bench.SkipWaits();
        }

        bench.HttpHandler = () =>
            new InterceptingHandler(
                async (_, token) =>
                {
                    await FileSignal.WaitForAsync(bench.PathOf("started/pid"));
                    if (reason == "failure")
                    {
                        return StubHandler.Json("{}", HttpStatusCode.Unauthorized);
                    }

                    if (reason == "cancellation")
                    {
                        await cancel.CancelAsync();
                    }
                    else
                    {
                        bench.Advance(2 * EngineWorkbench.RequestTimeout);
                    }

                    await Task.Delay(Timeout.Infinite, token);
                    return null;
                }
            );

        await Assert.ThrowsAnyAsync<Exception>(bench.UploadAsync).WithinAsync("the end of the run");

        await AssertEndedAsync(bench.PathOf("started/pid"));
    }

    private GitRepository Git(string program = "sh") =>
        new(
            _temp.Path,
            new EngineContext
            {
                Logger = new RecordingLogger(),
                Clock = _clock,
                GitProgram = program,
            }
        );

    private string Prepare(string script)
    {
        _temp.Folder("started");
        return script;
    }

    private string Remember(string script) => Prepare($"echo $$ > started/.new; mv started/.new started/pid; {script}");

    private Task AssertEndedAsync() => AssertEndedAsync(_temp["started/pid"]);

    private static async Task AssertEndedAsync(string file)
    {
        var id = int.Parse(await File.ReadAllTextAsync(file, Cancellation), CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }
}
