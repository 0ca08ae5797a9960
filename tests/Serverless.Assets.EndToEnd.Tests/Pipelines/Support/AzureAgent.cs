using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// Runs the steps of a job as the agent does, with the template of this repository. Tasks of others are played: the
/// checkout and the SDK are there, the cache is <see cref="ActionsCache"/>.
/// </summary>
/// <param name="artifacts">Folder of what is published.</param>
internal sealed partial class AzureAgent(string workspace, string artifacts, ActionsCache cache) : IDisposable
{
    public static readonly string Template = Repository.PathOf("build/azure-pipelines/serverless-assets.yml");

    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly Dictionary<string, string> _published = [];
    private readonly List<string> _raw = [];
    private readonly List<(string Folder, string Key)> _toSave = [];

    /// <param name="elsewhere">Parameters that lead the template to the emulator and the packages under test.</param>
    /// <param name="variables">
    /// Of the pipeline and of the agent; those that begin with <c>TWILIO_</c> are secret.
    /// </param>
    public static async Task<AzureRun> RunAsync(
        string workspace,
        string artifacts,
        ActionsCache cache,
        ToolFeed tool,
        IReadOnlyDictionary<string, string> elsewhere,
        IEnumerable<Dictionary<string, object?>> steps,
        IReadOnlyDictionary<string, string> variables
    )
    {
        using var agent = new AzureAgent(workspace, artifacts, cache);
        foreach (var (name, value) in variables)
        {
            agent._variables[name] = value;
        }

        tool.ProvideTool(Template, agent.ToolFolder);
        var run = await agent.RunAsync(steps, elsewhere);
        tool.KeepTool(Template, agent.ToolFolder);
        return run;
    }

    /// <summary>Where the template installs the tool.</summary>
    private string ToolFolder => _temp["serverless-assets-tool"];

    public void Dispose() => _temp.Dispose();

    private async Task<AzureRun> RunAsync(
        IEnumerable<Dictionary<string, object?>> steps,
        IReadOnlyDictionary<string, string> elsewhere
    )
    {
        var log = new AzureLog(workspace, _variables);
        log.Masks.AddRange(
            _variables
                .Where(variable => variable.Key.StartsWith("TWILIO_", StringComparison.Ordinal))
                .Select(variable => variable.Value)
        );
        _variables["Pipeline.Workspace"] = artifacts;
        _variables["Build.BuildId"] = $"{cache.Keys.Count + 100}";
        _variables["System.JobAttempt"] = "1";
        var succeeded = true;
        foreach (var step in steps.SelectMany(step => Flatten(step, elsewhere)))
        {
            if (IsToRun(step.Text("condition") ?? "succeeded()", succeeded))
            {
                succeeded &= await RunStepAsync(step, log);
            }
        }

        if (succeeded)
        {
            _toSave.ForEach(entry => cache.Save(entry.Folder, entry.Key));
        }

        return new AzureRun(
            succeeded,
            log.Shown,
            string.Join('\n', _raw),
            log.Summaries,
            log.Issues,
            _variables,
            _published
        );
    }

    private static IEnumerable<Dictionary<string, object?>> Flatten(
        Dictionary<string, object?> step,
        IReadOnlyDictionary<string, string> elsewhere
    )
    {
        if (step.Text("template") is not { } template)
        {
            return [step];
        }

        Assert.Equal("build/azure-pipelines/serverless-assets.yml@serverlessAssets", template);
        return AzureTemplate.Expand(
            Template,
            elsewhere
                .ToDictionary(entry => entry.Key, entry => (object?)entry.Value)
                .Concat(step.Map("parameters"))
                .ToDictionary()
        );
    }

    private async Task<bool> RunStepAsync(Dictionary<string, object?> step, AzureLog log)
    {
        if (step.Text("bash") is { } script)
        {
            return await RunScriptAsync(Macros(script), step, log);
        }

        if (step.Text("publish") is { } file)
        {
            _published[step.Text("artifact")!] = Macros(file);
            var target = Path.Combine(artifacts, step.Text("artifact")!);
            Directory.CreateDirectory(target);
            File.Copy(Macros(file), Path.Combine(target, Path.GetFileName(Macros(file))), overwrite: true);
            return true;
        }

        if (step.Text("task") == "Cache@2")
        {
            var inputs = step.Map("inputs").ToDictionary(input => input.Key, input => Macros((string)input.Value!));
            if (cache.Restore(inputs["path"], inputs["key"], inputs["restoreKeys"]) != inputs["key"])
            {
                _toSave.Add((inputs["path"], inputs["key"]));
            }

            return true;
        }

        Assert.True(
            step.ContainsKey("checkout") || step.ContainsKey("download") || step.Text("task") == "UseDotNet@2",
            $"unknown step {string.Join(' ', step.Keys)}"
        );
        return true;
    }

    private async Task<bool> RunScriptAsync(string script, Dictionary<string, object?> step, AzureLog log)
    {
        // Variables that are not secret are in the environment of every script.
        var environment = _variables
            .Where(variable => !variable.Key.StartsWith("TWILIO_", StringComparison.Ordinal))
            .ToDictionary(variable => variable.Key.Replace('.', '_').ToUpperInvariant(), variable => variable.Value);
        environment["TF_BUILD"] = "True";
        environment["AGENT_TEMPDIRECTORY"] = _temp.Path;
        foreach (var (name, value) in step.Map("env"))
        {
            environment[name] = Macros((string?)value ?? "");
        }

        var path = _temp[$"{Guid.NewGuid()}.sh"];
        await File.WriteAllTextAsync(path, script, TestContext.Current.CancellationToken);
        var (exitCode, output) = await Shell.RunAsync(
            Path.GetFullPath(step.Text("workingDirectory") ?? ".", workspace),
            environment,
            "--noprofile",
            "--norc",
            path
        );
        _raw.Add(output);
        log.Read(output, step.Text("name"));
        return exitCode == 0;
    }

    private bool IsToRun(string condition, bool succeeded)
    {
        var variables = new Dictionary<string, object?>
        {
            ["variables"] = _variables.ToDictionary(variable => variable.Key, variable => (object?)variable.Value),
        };
        return Expression.IsTrue(Expression.Evaluate(condition, variables, AzureConditions.Functions(succeeded)));
    }

    /// <summary>
    /// What has no value stays as it is, which is how a script sees a secret of a fork's pull request.
    /// </summary>
    private string Macros(string text) =>
        Macro().Replace(text, macro => _variables.GetValueOrDefault(macro.Groups["name"].Value, macro.Value));

    [GeneratedRegex(@"\$\((?<name>[\w.]+)\)")]
    private static partial Regex Macro();
}
