using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>A test with a repository that a CI system has checked out, and a Service on an emulator.</summary>
public abstract class PipelineTest(PackageFeed feed, ToolFeed tool) : EndToEndTest(feed), IDisposable
{
    private protected const string ServiceName = "my-voice-app";

    private readonly TempFolder _root = new();

    private protected ActionsCache Cache { get; } = new();

    private protected string Workspace => _root["work"];

    /// <summary>Any folder of the CI system's own.</summary>
    private protected string Elsewhere(string name) => _root.Folder(name);

    private protected ToolFeed Tool { get; } = tool;

    /// <summary>What leads a template to the emulator and the packages under test.</summary>
    private protected Dictionary<string, string> Inputs(TestEmulator emulator) =>
        new()
        {
            ["api-base-url"] = emulator.Url,
            ["upload-base-url"] = emulator.Url,
            ["tool-version"] = Tool.Version,
        };

    private protected string PathOf(string file) => Path.Combine([Workspace, .. file.Split('/')]);

    private protected void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>A fresh checkout: nothing that earlier runs left is there.</summary>
    private protected void CheckOut(params (string File, string Text)[] files)
    {
        if (Directory.Exists(Workspace))
        {
            Directory.Delete(Workspace, recursive: true);
        }

        Write("nuget.config", Tool.Configure(Feed.Folder));
        foreach (var (file, text) in files)
        {
            Write(file, text);
        }
    }

    /// <summary>An emulator that has the Service of the examples, empty.</summary>
    private protected async Task<TestEmulator> StartServiceAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The CI systems are played with the bash and the paths of Unix.");
        var emulator = await StartEmulatorAsync();
        await emulator.PostAsync("/v1/Services", ("UniqueName", ServiceName), ("FriendlyName", ServiceName));
        await emulator.TakeRequestsAsync();
        return emulator;
    }

    /// <summary>Names of its Environments, sorted.</summary>
    private protected static async Task<string[]> EnvironmentsOf(TestEmulator emulator) =>
        [
            .. (await emulator.GetAsync($"/v1/Services/{ServiceName}/Environments"))
                .GetProperty("environments")
                .EnumerateArray()
                .Select(environment => environment.GetProperty("unique_name").GetString()!)
                .Order(StringComparer.Ordinal),
        ];

    private protected static Dictionary<string, object?> PullRequest(string action, int number = 7) =>
        new()
        {
            ["event_name"] = "pull_request",
            ["ref"] = $"refs/pull/{number}/merge",
            ["ref_type"] = "branch",
            ["event"] = new Dictionary<string, object?>
            {
                ["action"] = action,
                ["number"] = (double)number,
                ["repository"] = HomeRepository,
            },
        };

    private protected static Dictionary<string, object?> Push(string type, string name) =>
        new()
        {
            ["event_name"] = "push",
            ["ref"] = type == "tag" ? $"refs/tags/{name}" : $"refs/heads/{name}",
            ["ref_type"] = type,
            ["ref_name"] = name,
            ["event"] = new Dictionary<string, object?> { ["repository"] = HomeRepository },
        };

    private static Dictionary<string, object?> HomeRepository => new() { ["default_branch"] = "main" };

    private protected static Dictionary<string, string> AzurePullRequest => GetAzurePullRequest(7);

    private protected static Dictionary<string, string> GetAzurePullRequest(int number) =>
        new()
        {
            ["Build.Reason"] = "PullRequest",
            ["Build.SourceBranch"] = $"refs/pull/{number}/merge",
            ["System.PullRequest.PullRequestId"] = $"{number}",
            ["System.PullRequest.TargetBranch"] = "main",
        };

    /// <summary>
    /// Runs a job of one of the workflows, after a look that this event starts it and no other of its jobs.
    /// </summary>
    private protected async Task<GitHubRun> RunWorkflowAsync(
        TestEmulator emulator,
        string job,
        Dictionary<string, object?> github,
        int document = 0,
        Dictionary<string, object?>? secrets = null,
        Dictionary<string, string>? inputs = null
    )
    {
        var workflow = Yaml.Parse(Yaml.Blocks(Repository.PathOf("docs/github-actions.md"), "yaml")[document]);
        var contexts = new Dictionary<string, object?> { ["github"] = github };
        Assert.Equal(
            [job],
            workflow
                .Map("jobs")
                .Where(candidate =>
                    ((IReadOnlyDictionary<string, object?>)candidate.Value!).Text("if") is not { } condition
                    || Expression.IsTrue(
                        Expression.Evaluate(condition, contexts, new Dictionary<string, Func<object?[], object?>>())
                    )
                )
                .Select(candidate => candidate.Key)
        );
        secrets ??= new() { ["TWILIO_API_KEY"] = User, ["TWILIO_API_SECRET"] = Secret };
        var elsewhere = Inputs(emulator).Concat(inputs ?? []).ToDictionary();
        return await GitHubRunner.RunJobAsync(
            Workspace,
            Cache,
            Tool,
            elsewhere,
            workflow.Map("jobs").Map(job),
            github,
            secrets
        );
    }

    /// <summary>
    /// Runs a job of pull-requests.yml, after a look that no other of its jobs has a condition that these variables
    /// meet.
    /// </summary>
    private protected async Task<AzureRun> RunPipelineAsync(
        TestEmulator emulator,
        string job,
        Dictionary<string, string> variables,
        bool hasSecrets = true
    )
    {
        var jobs = Yaml.Load(Repository.PathOf("build/azure-pipelines/examples/pull-requests.yml"))
            .Maps("jobs")
            .ToList();
        var contexts = new Dictionary<string, object?>
        {
            ["variables"] = variables.ToDictionary(variable => variable.Key, variable => (object?)variable.Value),
        };
        var started = Assert.Single(
            jobs,
            candidate =>
                Expression.IsTrue(
                    Expression.Evaluate(
                        candidate.Text("condition")!,
                        contexts,
                        AzureConditions.Functions(succeeded: true)
                    )
                )
        );
        Assert.Equal(job, started.Text("job"));
        return await RunStepsAsync(emulator, started.Maps("steps"), variables, hasSecrets);
    }

    private protected Task<AzureRun> RunStepsAsync(
        TestEmulator emulator,
        IEnumerable<Dictionary<string, object?>> steps,
        Dictionary<string, string> variables,
        bool hasSecrets = true
    )
    {
        if (hasSecrets)
        {
            variables = new(variables) { ["TWILIO_API_KEY"] = User, ["TWILIO_API_SECRET"] = Secret };
        }

        var inputs = Inputs(emulator)
            .ToDictionary(
                input => Regex.Replace(input.Key, "-([a-z])", letter => letter.Groups[1].Value.ToUpperInvariant()),
                input => input.Value
            );
        return AzureAgent.RunAsync(Workspace, Elsewhere("artifacts"), Cache, Tool, inputs, steps, variables);
    }

    public void Dispose()
    {
        Cache.Dispose();
        _root.Dispose();
        GC.SuppressFinalize(this);
    }
}
