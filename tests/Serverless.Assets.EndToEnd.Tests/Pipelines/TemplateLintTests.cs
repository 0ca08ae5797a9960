using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>The templates say what they can say, and all of it; their documents say the same.</summary>
public sealed partial class TemplateLintTests
{
    /// <summary>Properties that are not inputs, because the command or the project determines them.</summary>
    private static readonly string[] NoInputs =
    [
        "Enabled",
        "UploadOn",
        "DeployOn", // determined by the command
        "GenerateConstants",
        "ConstantsClass",
        "ConstantsNamespace",
        "CleanState", // about the project's own build
        "FromPublish",
        "FingerprintedPaths",
        "IncludeCompressed",
        "IndexPaths", // about what the project publishes
        "StateScope", // determined by the event
        "SummaryPath",
        "OutputsPath", // the template's own
        "TasksAssembly",
        "EmulatorAssembly", // for working on the package
        "BuildSid",
        "DeploymentSid",
        "Domain", // outputs
    ];

    private static readonly Dictionary<string, object?> Action = Yaml.Load(
        Repository.PathOf("build/github/action.yml")
    );
    private static readonly Dictionary<string, object?> Template = Yaml.Load(AzureAgent.Template);
    private static readonly IReadOnlyList<Dictionary<string, object?>> Workflows =
    [
        .. Yaml.Blocks(Repository.PathOf("docs/github-actions.md"), "yaml").Select(Yaml.Parse),
    ];

    public static TheoryData<string> Scripts =>
        [
            "build/github/run.sh",
            "build/azure-pipelines/scripts.yml",
            "build/azure-pipelines/serverless-assets.yml",
            "docs/deploying.md",
            "docs/gitlab-and-shell.md",
        ];

    [Fact]
    public void The_action_and_the_workflows_are_what_GitHub_reads()
    {
        Assert.Empty(GitHubSchema.Load("action-v1.0").Check("action-root-strict", Action));
        var schema = GitHubSchema.Load("workflow-v1.0");
        Assert.Equal(5, Workflows.Count);
        Assert.All(Workflows, workflow => Assert.Empty(schema.Check("workflow-root-strict", workflow)));
    }

    /// <summary>A check that nothing can fail is none.</summary>
    [Theory]
    [InlineData("name: a\ndescription: b", ".runs is missing")]
    [InlineData(
        "name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - run: x",
        ".runs.steps[0].shell is missing"
    )]
    [InlineData(
        "name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - run: x\n      shell: bash\n      env:\n        A: ${{ secrets.X }}",
        ".runs.steps[0].env.A reads secrets.X, which is not there"
    )]
    [InlineData(
        "name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - uses: x\n      whit: {}",
        ".runs.steps[0].whit is not known"
    )]
    [InlineData("name: a\ndescription: b\nruns:\n  using: compost\n  steps: []", ".runs.using 'compost' is no using")]
    public void An_action_that_GitHub_would_reject_is_detected(string action, string problem) =>
        Assert.Contains(problem, GitHubSchema.Load("action-v1.0").Check("action-root-strict", Yaml.Parse(action)));

    [Fact]
    public void Every_workflow_gives_inputs_that_exist_and_reads_outputs_that_exist() =>
        Assert.All(
            Workflows,
            workflow =>
            {
                foreach (var job in workflow.Map("jobs").Values.Cast<Dictionary<string, object?>>())
                {
                    var steps = job.Maps("steps").ToList();
                    var ours = steps
                        .Where(step =>
                            step.Text("uses")?.StartsWith("serverless-assets/", StringComparison.Ordinal) == true
                        )
                        .ToList();
                    Assert.All(ours, step => Assert.Equal(GitHubRunner.Action, step.Text("uses")));
                    Assert.All(
                        ours.SelectMany(step => step.Map("with").Keys),
                        input => Assert.Contains(input, Action.Map("inputs").Keys)
                    );
                    var outputs = ours.Where(step => step.ContainsKey("id"))
                        .SelectMany(step =>
                            Action.Map("outputs").Keys.Select(output => $"steps.{step.Text("id")}.outputs.{output}")
                        )
                        .ToList();
                    Assert.All(
                        Texts(job)
                            .SelectMany(Expression.Names)
                            .Where(name => name.StartsWith("steps.", StringComparison.Ordinal)),
                        name => Assert.Contains(name, outputs)
                    );
                }
            }
        );

    [Fact]
    public void Every_input_is_used_and_every_one_that_is_used_exists()
    {
        var used = Texts(Action.Map("runs"))
            .SelectMany(Expression.Names)
            .Where(name => name.StartsWith("inputs.", StringComparison.Ordinal))
            .Select(name => name["inputs.".Length..]);
        Assert.Equal(
            Action.Map("inputs").Keys.Order(StringComparer.Ordinal),
            used.Distinct().Order(StringComparer.Ordinal)
        );
        var script = File.ReadAllText(Repository.PathOf("build/github/run.sh"));
        Assert.All(
            Texts(Action)
                .SelectMany(Expression.Names)
                .Concat(Action.Map("runs").Maps("steps").SelectMany(step => Expression.NamesIn(step.Text("if") ?? ""))),
            name =>
            {
                if (
                    name.StartsWith("steps.prepare.", StringComparison.Ordinal)
                    || name == "steps.run.outputs.state-key"
                )
                {
                    Assert.Contains($"\"{name.Split('.')[^1]}=", script, StringComparison.Ordinal); // the others are the engine's, and in runs
                }
            }
        );

        var parameters = Texts(Template.List("steps"))
            .SelectMany(text => Regex.Matches(text, @"parameters\.(\w+)"))
            .Select(match => match.Groups[1].Value);
        Assert.Equal(
            Template.Maps("parameters").Select(parameter => parameter.Text("name")!).Order(StringComparer.Ordinal),
            parameters.Distinct().Order(StringComparer.Ordinal)
        );
    }

    /// <summary>A variable that a step hands on has the name of its input, so that the scripts find it.</summary>
    [Fact]
    public void Every_variable_has_the_name_of_its_input()
    {
        foreach (
            var (name, value) in Action
                .Map("runs")
                .Maps("steps")
                .SelectMany(step => step.Map("env"))
                .Where(variable => variable.Key.StartsWith("ASSETS_INPUT_", StringComparison.Ordinal))
        )
        {
            Assert.Equal(
                $"${{{{ inputs.{name["ASSETS_INPUT_".Length..].ToLowerInvariant().Replace('_', '-')} }}}}",
                value
            );
        }

        foreach (
            var (name, value) in Template
                .Maps("steps")
                .SelectMany(step => step.Map("env"))
                .Where(variable => variable.Key.StartsWith("ASSETS_INPUT_", StringComparison.Ordinal))
        )
        {
            Assert.Contains(
                $"parameters.{Camel(name["ASSETS_INPUT_".Length..].ToLowerInvariant().Replace('_', '-'))}",
                (string)value!,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Every_property_is_an_input_or_has_a_reason_not_to_be()
    {
        var properties = Row()
            .Matches(File.ReadAllText(Repository.PathOf("docs/properties.md")))
            .Select(row => row.Groups["name"].Value)
            .Distinct()
            .ToList();
        Assert.All(NoInputs, name => Assert.Contains(name, properties));
        var inputs = Action.Map("inputs").Keys.SkipWhile(input => input != "service-sid");
        Assert.Equal(
            properties.Except(NoInputs).Select(Kebab).Order(StringComparer.Ordinal),
            inputs.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Both_templates_have_the_same_inputs_with_the_same_defaults()
    {
        var own = Template
            .Maps("parameters")
            .Where(parameter =>
                parameter.Text("name") is not ("stepName" or "apiKey" or "apiSecret" or "redisUser" or "redisPassword") // GitHub: environment
            )
            .Select(parameter => (parameter.Text("name"), parameter.Text("default") ?? ""));
        Assert.Equal(
            Action
                .Map("inputs")
                .Where(input => input.Key is not ("api-key" or "api-secret"))
                .Select(input =>
                    ((string?)Camel(input.Key), ((Dictionary<string, object?>)input.Value!).Text("default") ?? "")
                ),
            own
        );
    }

    [Fact]
    public void The_documents_have_all_inputs_and_outputs()
    {
        var outputs = Action.Map("outputs").Select(output => (output.Key, "")).ToList();
        Assert.Equal(
            Action
                .Map("inputs")
                .Select(input => (input.Key, ((Dictionary<string, object?>)input.Value!).Text("default") ?? "")),
            Rows("docs/github-actions.md", "## Inputs")
        );
        Assert.Equal(
            outputs.Select(output => output.Key),
            Rows("docs/github-actions.md", "## Outputs").Select(row => row.Name)
        );
        Assert.Equal(
            Template.Maps("parameters").Select(parameter => (parameter.Text("name")!, parameter.Text("default") ?? "")),
            Rows("docs/azure-pipelines.md", "## Parameters")
        );
        Assert.Equal(
            outputs.Select(output => Camel(output.Key)),
            Rows("docs/azure-pipelines.md", "## Outputs").Select(row => row.Name)
        );
    }

    /// <summary>An expression inserted into a script is code, regardless of its author.</summary>
    [Fact]
    public void No_script_holds_an_expression()
    {
        string[] examples = ["two-stages", "pull-requests", "remove-preview"];
        var scripts = Action
            .Map("runs")
            .Maps("steps")
            .Select(step => step.Text("run"))
            .Concat(
                Workflows
                    .SelectMany(workflow => workflow.Map("jobs").Values)
                    .SelectMany(job => ((Dictionary<string, object?>)job!).Maps("steps"))
                    .Select(step => step.Text("run"))
            )
            .Concat(Template.Maps("steps").Select(step => step.Text("bash")))
            .Concat(
                examples.SelectMany(example =>
                    Bashes(Yaml.Load(Repository.PathOf($"build/azure-pipelines/examples/{example}.yml")))
                )
            )
            .Append(AzureFunctions());
        Assert.All(scripts.OfType<string>(), script => Assert.DoesNotContain("${{", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Both_templates_make_the_same_command_line()
    {
        var ours = Shared(File.ReadAllText(Repository.PathOf("build/github/run.sh")));
        Assert.True(ours.Split('\n').Length > 100);
        Assert.Equal(ours, Shared(AzureFunctions()));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task Shellcheck_finds_nothing(string file)
    {
        ProgramPath.SkipUnlessInstalled("shellcheck");
        var path = Repository.PathOf(file);
        var scripts = file switch
        {
            "build/azure-pipelines/scripts.yml" => [AzureFunctions()],
            "build/azure-pipelines/serverless-assets.yml" => Bashes(Template)
                .Select(script =>
                    script.Replace(
                        ". \"$AGENT_TEMPDIRECTORY/serverless-assets.sh\"",
                        AzureFunctions(),
                        StringComparison.Ordinal
                    )
                ),
            _ when file.EndsWith(".md", StringComparison.Ordinal) => Yaml.Blocks(path, "bash"),
            _ => [await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)],
        };
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            using var folder = new TempFolder();
            folder.Write("script.sh", script);
            var none = new Dictionary<string, string>();
            Assert.Equal((0, ""), await Shell.RunAsync(folder.Path, none, "-n", "script.sh"));
            // SC2317: a function that only one of the scripts calls.
            Assert.Equal(
                (0, ""),
                await Shell.RunAsync(folder.Path, none, "-c", "shellcheck --shell=bash --exclude=SC2317 script.sh")
            );
        }
    }

    /// <summary>What the template puts into a file on the agent.</summary>
    private static string AzureFunctions()
    {
        var script = Assert.Single(Bashes(Yaml.Load(Repository.PathOf("build/azure-pipelines/scripts.yml"))));
        return Heredoc().Match(script) is { Success: true } match
            ? match.Groups["text"].Value
            : throw new InvalidOperationException("no functions");
    }

    private static IEnumerable<string> Bashes(Dictionary<string, object?> pipeline) =>
        Maps(pipeline).Select(map => map.Text("bash")).OfType<string>();

    private static string Shared(string script) =>
        Common().Match(script) is { Success: true } match
            ? match.Value
            : throw new InvalidOperationException("no common part");

    private static IEnumerable<(string Name, string Default)> Rows(string document, string heading) =>
        File.ReadAllText(Repository.PathOf(document))
            .ReplaceLineEndings("\n")
            .Split($"\n{heading}\n")[1]
            .Split("\n## ")[0]
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Select(cells => (cells[1].Trim(' ', '`'), cells.Length > 4 ? cells[2].Trim(' ', '`') : ""));

    private static IEnumerable<Dictionary<string, object?>> Maps(object? value) =>
        value switch
        {
            Dictionary<string, object?> map => map.Values.SelectMany(Maps).Prepend(map),
            List<object?> list => list.SelectMany(Maps),
            _ => [],
        };

    private static IEnumerable<string> Texts(object? value) =>
        value switch
        {
            Dictionary<string, object?> map => map.Keys.Concat(map.Values.SelectMany(Texts)),
            IReadOnlyList<object?> list => list.SelectMany(Texts),
            string text => [text],
            _ => [],
        };

    private static string Kebab(string pascal) =>
        Regex.Replace(pascal, "(?<!^)[A-Z]", letter => $"-{letter.Value}").ToLowerInvariant();

    private static string Camel(string kebab) =>
        Regex.Replace(kebab, "-([a-z])", letter => letter.Groups[1].Value.ToUpperInvariant());

    [GeneratedRegex(@"^\| `ServerlessAssets(?<name>\w+)`", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("<<'END_OF_SCRIPT'\n(?<text>.*)END_OF_SCRIPT\n", RegexOptions.Singleline)]
    private static partial Regex Heredoc();

    [GeneratedRegex(
        "^# --- begin: the command line.*^# --- end: the command line",
        RegexOptions.Singleline | RegexOptions.Multiline
    )]
    private static partial Regex Common();
}
