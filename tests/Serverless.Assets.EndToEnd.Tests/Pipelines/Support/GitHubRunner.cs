namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// Runs a job of a workflow as GitHub's runner does, with the action of this repository. Actions of others are played:
/// the checkout and the SDK are there, the cache is <see cref="ActionsCache"/>.
/// </summary>
internal sealed class GitHubRunner(string workspace, ActionsCache cache, IReadOnlyDictionary<string, string> elsewhere)
    : IDisposable
{
    public const string Action = "serverless-assets/Serverless.Assets.Build/build/github@v1";

    public static readonly string ActionFolder = Repository.PathOf("build/github");

    private static int _runs;

    private readonly Dictionary<string, object?> _steps = [];
    private readonly GitHubLog _log = new(workspace);
    private readonly List<string> _raw = [];
    private readonly TempFolder _temp = new();

    /// <param name="elsewhere">Inputs that lead the action to the emulator and the packages under test.</param>
    /// <param name="github">The context of that name.</param>
    public static async Task<GitHubRun> RunJobAsync(
        string workspace,
        ActionsCache cache,
        ToolFeed tool,
        IReadOnlyDictionary<string, string> elsewhere,
        Dictionary<string, object?> job,
        IReadOnlyDictionary<string, object?> github,
        IReadOnlyDictionary<string, object?> secrets
    )
    {
        using var runner = new GitHubRunner(workspace, cache, elsewhere);
        tool.ProvideTool(ActionFolder, runner.ToolFolder);
        var run = await runner.RunAsync(job, github, secrets);
        tool.KeepTool(ActionFolder, runner.ToolFolder);
        return run;
    }

    /// <summary>Where the action installs the tool.</summary>
    private string ToolFolder => _temp["serverless-assets-tool"];

    public void Dispose() => _temp.Dispose();

    private async Task<GitHubRun> RunAsync(
        Dictionary<string, object?> job,
        IReadOnlyDictionary<string, object?> github,
        IReadOnlyDictionary<string, object?> secrets
    )
    {
        var contexts = new Dictionary<string, object?>
        {
            ["github"] = new Dictionary<string, object?>(github)
            {
                ["run_id"] = $"{Interlocked.Increment(ref _runs)}",
                ["run_attempt"] = "1",
            },
            ["secrets"] = secrets,
            ["env"] = new Dictionary<string, object?>(),
            ["steps"] = _steps,
        };
        var summary = new List<string>();
        var succeeded = await RunStepsAsync(job.Maps("steps"), contexts, _steps, summary);
        var outputs = job.Map("outputs")
            .ToDictionary(
                output => output.Key,
                output => Expression.Expand((string)output.Value!, contexts, Functions(succeeded))
            );
        foreach (var (id, step) in _steps)
        {
            foreach (var (name, value) in ((IReadOnlyDictionary<string, object?>)step!).Map("outputs"))
            {
                outputs[$"{id}.{name}"] = Expression.ToText(value);
            }
        }

        return new GitHubRun(
            succeeded,
            _log.Shown,
            string.Join('\n', _raw),
            string.Concat(summary),
            _log.Annotations,
            _log.Groups,
            outputs
        );
    }

    private async Task<bool> RunStepsAsync(
        IEnumerable<Dictionary<string, object?>> steps,
        IReadOnlyDictionary<string, object?> contexts,
        Dictionary<string, object?> results,
        List<string> summary
    )
    {
        var succeeded = true;
        foreach (var step in steps)
        {
            var condition = step.Text("if") ?? "success()";
            if (!condition.Contains("()", StringComparison.Ordinal))
            {
                condition = $"success() && ({condition})"; // as the runner has it
            }

            if (!Expression.IsTrue(Expression.Evaluate(condition, contexts, Functions(succeeded))))
            {
                continue;
            }

            var (isDone, outputs) = step.Text("uses") is { } action
                ? await UseAsync(action, step, contexts, succeeded, summary)
                : await RunScriptAsync(step, contexts, succeeded, summary);
            succeeded &= isDone;
            if (step.Text("id") is { } id)
            {
                results[id] = new Dictionary<string, object?>
                {
                    ["outputs"] = outputs,
                    ["outcome"] = isDone ? "success" : "failure",
                };
            }
        }

        return succeeded;
    }

    private async Task<(bool IsDone, Dictionary<string, object?> Outputs)> UseAsync(
        string action,
        Dictionary<string, object?> step,
        IReadOnlyDictionary<string, object?> contexts,
        bool succeeded,
        List<string> summary
    )
    {
        var with = step.Map("with")
            .ToDictionary(
                input => input.Key,
                input => Expression.Expand((string?)input.Value ?? "", contexts, Functions(succeeded))
            );
        switch (action)
        {
            case "actions/checkout@v4" or "actions/setup-dotnet@v4":
                return (true, []);
            case "actions/cache/restore@v4":
                var found = cache.Restore(Path.Combine(workspace, with["path"]), with["key"], with["restore-keys"]);
                return (true, new() { ["cache-matched-key"] = found });
            case "actions/cache/save@v4":
                cache.Save(Path.Combine(workspace, with["path"]), with["key"]);
                return (true, []);
            case Action:
                return await UseOursAsync(with, contexts, summary);
            default:
                throw new InvalidOperationException($"{action} is not known here");
        }
    }

    private async Task<(bool IsDone, Dictionary<string, object?> Outputs)> UseOursAsync(
        Dictionary<string, string> with,
        IReadOnlyDictionary<string, object?> contexts,
        List<string> summary
    )
    {
        var action = Yaml.Load(Path.Combine(ActionFolder, "action.yml"));
        var inputs = action
            .Map("inputs")
            .ToDictionary(
                input => input.Key,
                input => (object?)((IReadOnlyDictionary<string, object?>)input.Value!).Text("default")
            );
        foreach (var (name, value) in elsewhere.Concat(with))
        {
            Assert.True(inputs.ContainsKey(name), $"{name} is no input");
            inputs[name] = value;
        }

        // An action sees neither the secrets nor the steps of the workflow.
        var steps = new Dictionary<string, object?>();
        var own = new Dictionary<string, object?>
        {
            ["github"] = contexts["github"],
            ["env"] = contexts["env"],
            ["inputs"] = inputs,
            ["steps"] = steps,
        };
        var succeeded = await RunStepsAsync(action.Map("runs").Maps("steps"), own, steps, summary);
        return (
            succeeded,
            action
                .Map("outputs")
                .ToDictionary(
                    output => output.Key,
                    output =>
                        (object?)
                            Expression.Expand(
                                ((IReadOnlyDictionary<string, object?>)output.Value!).Text("value")!,
                                own,
                                Functions(succeeded)
                            )
                )
        );
    }

    private async Task<(bool IsDone, Dictionary<string, object?> Outputs)> RunScriptAsync(
        Dictionary<string, object?> step,
        IReadOnlyDictionary<string, object?> contexts,
        bool succeeded,
        List<string> summary
    )
    {
        var script = _temp["step.sh"];
        var (outputFile, summaryFile) = (_temp["output"], _temp["summary"]);
        await File.WriteAllTextAsync(outputFile, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(summaryFile, "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            script,
            Expression.Expand(step.Text("run")!, contexts, Functions(succeeded)),
            TestContext.Current.CancellationToken
        );
        var github = (IReadOnlyDictionary<string, object?>)contexts["github"]!;
        var environment = new Dictionary<string, string>
        {
            ["CI"] = "true",
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = workspace,
            ["GITHUB_OUTPUT"] = outputFile,
            ["GITHUB_STEP_SUMMARY"] = summaryFile,
            ["GITHUB_ACTION_PATH"] = ActionFolder,
            ["GITHUB_EVENT_NAME"] = Expression.ToText(github["event_name"]),
            ["GITHUB_REF"] = Expression.ToText(github.GetValueOrDefault("ref")),
            ["GITHUB_RUN_ID"] = (string)github["run_id"]!,
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["RUNNER_TEMP"] = _temp.Path,
        };
        foreach (var (name, value) in step.Map("env"))
        {
            environment[name] = Expression.Expand((string?)value ?? "", contexts, Functions(succeeded));
        }

        var folder = Path.GetFullPath(
            Expression.Expand(step.Text("working-directory") ?? ".", contexts, Functions(succeeded)),
            workspace
        );
        Assert.Equal("bash", step.Text("shell") ?? "bash");
        var (exitCode, log) = await Shell.RunAsync(
            folder,
            environment,
            "--noprofile",
            "--norc",
            "-eo",
            "pipefail",
            script
        );
        _raw.Add(log);
        _log.Read(log);
        _log.EndStep();
        summary.Add(await File.ReadAllTextAsync(summaryFile, TestContext.Current.CancellationToken));
        var outputs = new Dictionary<string, object?>();
        foreach (
            var line in (await File.ReadAllTextAsync(outputFile, TestContext.Current.CancellationToken)).Split(
                '\n',
                StringSplitOptions.RemoveEmptyEntries
            )
        )
        {
            Assert.Matches("^[a-z-]+=", line);
            outputs[line.Split('=', 2)[0]] = line.Split('=', 2)[1];
        }

        return (exitCode == 0, outputs);
    }

    private static Dictionary<string, Func<object?[], object?>> Functions(bool succeeded) =>
        new()
        {
            ["success"] = _ => succeeded,
            ["failure"] = _ => !succeeded,
            ["always"] = _ => true,
            ["startsWith"] = arguments =>
                Expression
                    .ToText(arguments[0])
                    .StartsWith(Expression.ToText(arguments[1]), StringComparison.OrdinalIgnoreCase),
        };
}
