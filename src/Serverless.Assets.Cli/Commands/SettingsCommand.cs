using System.CommandLine;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Cli.Output;
using Serverless.Assets.Cli.Telemetry;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>
/// A command that accepts settings. Its options come from <see cref="SettingTable"/>. The base class reads them, writes
/// the reports, prints the result and turns exceptions into messages and exit codes.
/// </summary>
internal abstract class SettingsCommand : Command
{
    private readonly ProjectOptions _project;
    private readonly OutputOptions _output = new();

    /// <param name="command">The command in the table, which has the same name.</param>
    protected SettingsCommand(CliConsole console, SettingCommands command, string description)
        : base(CommandPath.GetName(command), description)
    {
        _project = new ProjectOptions(console);
        Console = console;
        SettingOptions = new SettingOptions(command);
        _project.AddTo(this);
        SettingOptions.AddTo(this);
        _output.AddTo(this, SettingOptions);
        SetAction(InvokeAsync);
    }

    protected CliConsole Console { get; }

    protected SettingOptions SettingOptions { get; }

    protected abstract Task<CommandOutput> RunAsync(CommandContext context);

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // The parser handles Ctrl+C only after this method returns its task. Until then, Ctrl+C would kill the process.
        await Task.Yield();
        var config = ConfigFile.None;
        try
        {
            config = _project.ReadConfig(parsed);
            CheckOutputs(ReadSettings(parsed, config));
        }
        catch (AssetException failure)
        {
            var errors = CreateLogger(parsed, ReadSettings(parsed, config));
            foreach (var error in failure.Diagnostics)
            {
                errors.Error(error);
            }

            return ExitCode.Failed;
        }

        var settings = ReadSettings(parsed, config);
        var logger = CreateLogger(parsed, settings);
        return await TelemetryExport
            .DuringAsync(
                Console.GetEnvironmentVariable,
                logger,
                () => RunAsync(parsed, config, settings, logger, cancellationToken)
            )
            .ConfigureAwait(false);
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        ConfigFile config,
        SettingValues settings,
        ConsoleLogger logger,
        CancellationToken cancellationToken
    )
    {
        var engine = Console.CreateContext(logger);
        var reporter = CreateReporter(settings, engine);
        var failure = await RunBoundary.RunAsync(WorkAsync, reporter, logger, cancellationToken).ConfigureAwait(false);
        return failure switch
        {
            null => ExitCode.Done,
            { IsCanceled: true } => ExitCode.Canceled,
            _ => ExitCode.Failed,
        };

        async Task WorkAsync()
        {
            var context = new CommandContext(
                new CommandLineValues(parsed, SettingOptions, config),
                settings,
                Observe(engine, reporter),
                logger,
                _output.IsJson(parsed),
                cancellationToken
            );
            var output = await RunAsync(context).ConfigureAwait(false);
            reporter?.Add(output.Operation);
            Print(output, context.IsJson, _output.GetVerbosity(parsed));
        }
    }

    private SettingValues ReadSettings(ParseResult parsed, ConfigFile config) =>
        new CommandLineValues(parsed, SettingOptions, config).ToSettings(_project.CreateContext(parsed, config));

    /// <summary>Before anything is written: a report of the failure could replace the wrong file.</summary>
    /// <exception cref="AssetException">The command would write to a wrong place.</exception>
    private void CheckOutputs(SettingValues settings)
    {
        var problems = new DiagnosticBag();
        problems.AddRange(OutputCollisionCheck.FindProblems(settings));
        problems.AddRange(OutputLinkCheck.FindProblems(settings, SettingOptions.Settings));
        problems.ThrowIfErrors();
    }

    private ConsoleLogger CreateLogger(ParseResult parsed, SettingValues settings) =>
        new(
            Console.Error,
            _output.GetVerbosity(parsed),
            settings.Get(SettingTable.NoWarn).ToHashSet(StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Lets the reporter see what the engine logs and requests.</summary>
    private static EngineContext Observe(EngineContext engine, RunReporter? reporter) =>
        reporter is null
            ? engine
            : engine with
            {
                Logger = new ReportingLogger(engine.Logger, reporter),
                Observer = reporter.Observer,
            };

    /// <returns>Null if no report is requested.</returns>
    private static RunReporter? CreateReporter(SettingValues settings, EngineContext engine)
    {
        // CI systems check out into folders such as "s", so prefer the name of the Service.
        var name = settings.IsGiven(SettingTable.ServiceName)
            ? settings.Get(SettingTable.ServiceName)
            : settings.Project.Name;
        var reports = ReportSettings.From(settings, name) with { Terms = FrontTerms.CommandLine };
        return reports.IsWanted ? new RunReporter(reports, engine.Clock, engine.Files) : null;
    }

    private void Print(CommandOutput output, bool isJson, Verbosity verbosity)
    {
        var outcome = RunOutcome.From(output.Operation);
        if (isJson)
        {
            Console.Out.WriteLine(output.Json.ToJson(outcome));
        }
        else if (output.AlwaysShown || verbosity > Verbosity.Quiet)
        {
            Console.Out.WriteLine(output.ToText(outcome));
        }
    }
}
