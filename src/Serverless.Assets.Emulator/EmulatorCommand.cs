using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Settings;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator;

/// <summary>
/// Runs an emulator until it is canceled, interrupted (Ctrl+C, SIGTERM) or, with <c>--until-input-closes</c>, until
/// standard input ends. It is a subcommand of the <c>serverless-assets</c> tool, and the only command of the emulator's
/// own program. Exit codes: 0 if the emulator was stopped, 1 if it could not start, 2 for invalid arguments. With
/// <c>--until-unused</c>, 3 if another emulator uses the data folder, because the run can then use that one.
/// </summary>
internal sealed class EmulatorCommand : Command
{
    private const int Stopped = 0;
    private const int Failed = 1;
    private const int BadUsage = 2;

    /// <summary>
    /// Makes the run that started this emulator use the other one, or wait until that one stops. The engine, which
    /// shares no code with the emulator, has its own copy of this number.
    /// </summary>
    private const int InUse = 3;

    private readonly Option<int> _port = new("--port")
    {
        HelpName = "N",
        Description = "Port; 0 picks a free one",
        DefaultValueFactory = _ => 0,
        CustomParser = ParsePort,
    };

    private readonly Option<IPAddress> _listen = new("--listen")
    {
        HelpName = "ADDRESS",
        Description = "Address to listen on; 0.0.0.0 makes the emulator available to other machines",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ParseAddress,
    };

    private readonly Option<string?> _allowedHosts = new("--allowed-hosts")
    {
        HelpName = "NAMES",
        Description = "Other host names, separated by commas, at which clients use the emulator",
    };

    private readonly Option<string?> _seedFolder = new("--seed-folder")
    {
        HelpName = "DIR",
        Description = "Folder whose files the emulator serves as a site",
    };

    private readonly Option<string> _data = new("--data")
    {
        HelpName = "DIR",
        Description = "Folder for the emulator's data",
    };

    private readonly Option<bool> _inMemory = new("--in-memory")
    {
        Description = "Write nothing to disk: the data is gone when the emulator stops",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string?> _credentials = new("--credentials")
    {
        HelpName = "USER:PASSWORD",
        Description = "Accept only these credentials instead of any AC… or SK… user",
    };

    private readonly Option<string?> _authToken = new("--auth-token")
    {
        HelpName = "TOKEN",
        Description =
            "Auth token that signs requests for protected assets. Defaults to the password of --credentials, "
            + "else 32 zeros",
    };

    private readonly Option<string> _accountSid = new("--account-sid")
    {
        HelpName = "SID",
        Description = "Account that API keys (SK…) act for",
        DefaultValueFactory = _ => ServerlessEmulatorOptions.DefaultAccountSid,
    };

    private readonly Option<bool> _untilInputCloses = new("--until-input-closes")
    {
        Description = "Stop when standard input ends",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<bool> _untilUnused = new("--until-unused")
    {
        Description = "Stop with the last command or build that uses the emulator",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string?> _faultPreset = CreateFaultPreset();

    private readonly Option<FaultsFile?> _faultsFile = new("--faults")
    {
        HelpName = "FILE",
        Description = "JSON file with fault settings, which override those of --fault-preset",
        CustomParser = ReadFaults,
    };

    private readonly IReadOnlyList<SettingOption<EmulatorBehavior>> _behavior = CreateOptions(BehaviorSettings.All);
    private readonly IReadOnlyList<SettingOption<EmulatorFaults>> _faults = CreateOptions(FaultSettings.All);

    /// <param name="findData">Finds the data folder if the command line does not specify one; null: none to find.</param>
    public EmulatorCommand(Func<string?>? findData = null)
        : base(
            "emulator",
            "Run a local emulator of the service. The options from --answers-head to --withdrawn-dependencies decide "
                + "what is not documented, and those from --fault-preset on inject faults; to change them while the emulator "
                + "runs, send PUT /__emulator/behavior or /__emulator/faults."
        )
    {
        _data.DefaultValueFactory = _ => findData?.Invoke() ?? ServerlessEmulatorOptions.DefaultDataDirectory;
        _data.Validators.Add(ValidateData);
        _inMemory.Validators.Add(ValidateInMemory);
        _credentials.Validators.Add(ValidateCredentials);
        _accountSid.Validators.Add(ValidateAccountSid);
        _allowedHosts.Validators.Add(ValidateAllowedHosts);
        Add(_port);
        Add(_listen);
        Add(_allowedHosts);
        Add(_data);
        Add(_inMemory);
        Add(_seedFolder);
        Add(_credentials);
        Add(_authToken);
        Add(_accountSid);
        Add(_untilInputCloses);
        Add(_untilUnused);
        foreach (
            var option in _behavior
                .Select(setting => setting.Option)
                .Concat([_faultPreset, _faultsFile, .. _faults.Select(fault => fault.Option)])
        )
        {
            Add(option);
        }

        SetAction(ServeAsync);
    }

    /// <summary>Parses and runs the command line of the emulator's own program.</summary>
    /// <returns>The exit code, which is 2 for invalid arguments.</returns>
    public static async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var command = new EmulatorCommand();
        var root = new RootCommand(command.Description!) { Action = command.Action };
        foreach (var option in command.Options)
        {
            root.Add(option);
        }

        // No response files, because an argument may start with @.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count == 0)
        {
            var invocation = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(5),
            };
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }

        foreach (var problem in parsed.Errors)
        {
            await error.WriteLineAsync(problem.Message);
        }

        await error.WriteLineAsync("Use --help to list the options.");
        return BadUsage;
    }

    /// <summary>Creates the options from the command line.</summary>
    public ServerlessEmulatorOptions GetOptions(ParseResult parsed) =>
        new()
        {
            Port = parsed.GetValue(_port),
            ListenAddress = parsed.GetValue(_listen)!,
            AllowedHosts = SplitHosts(parsed.GetValue(_allowedHosts)),
            DataDirectory = parsed.GetValue(_data)!,
            InMemory = parsed.GetValue(_inMemory),
            Credentials = parsed.GetValue(_credentials),
            AuthToken = parsed.GetValue(_authToken),
            AccountSid = parsed.GetValue(_accountSid)!,
            ExitWhenInputCloses = parsed.GetValue(_untilInputCloses),
            ExitWhenUnused = parsed.GetValue(_untilUnused),
            Behavior = _behavior.Aggregate(
                new EmulatorBehavior(),
                (behavior, setting) => setting.Apply(parsed, behavior)
            ),
            Faults = _faults.Aggregate(GetInitialFaults(parsed), (faults, fault) => fault.Apply(parsed, faults)),
        };

    /// <summary>The settings that options of single settings override.</summary>
    private EmulatorFaults GetInitialFaults(ParseResult parsed)
    {
        var preset = parsed.GetValue(_faultPreset) is { } name
            ? FaultPresets.Find(name)!.Settings
            : new EmulatorFaults();
        return parsed.GetValue(_faultsFile)?.Apply(preset) ?? preset;
    }

    private static IReadOnlyList<SettingOption<T>> CreateOptions<T>(IEnumerable<Setting<T>> table) =>
        [.. table.Select(setting => setting.CreateOption())];

    private async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // System.CommandLine handles signals only after this method has yielded. Until then, they kill the process.
        await Task.Yield();
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var options = GetOptions(parsed);
        if (options.ExitWhenUnused)
        {
            ProcessSession.Leave();
        }

        try
        {
            await using var server = await ServerlessEmulator.StartAsync(
                options with
                {
                    KeepsRequests = false,
                },
                cancellationToken
            );
            var site = parsed.GetValue(_seedFolder) is { } folder
                ? await server.SeedAsync(folder, cancellationToken: cancellationToken)
                : null;
            await output.WriteLineAsync($"listening on {server.BaseAddress.GetLeftPart(UriPartial.Authority)}");
            if (site is not null)
            {
                await output.WriteLineAsync($"serving {parsed.GetValue(_seedFolder)} at {site.Address}");
            }

            await output.FlushAsync(CancellationToken.None);
            await server.WaitForShutdownAsync(cancellationToken);
            return Stopped;
        }
        catch (OperationCanceledException) // before the server was ready
        {
            return Stopped;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync(exception.Message);
            return exception is DataFolderInUseException && options.ExitWhenUnused ? InUse : Failed;
        }
    }

    private static Option<string?> CreateFaultPreset()
    {
        var names = string.Join(", ", FaultPresets.All.Select(preset => preset.Name));
        var option = new Option<string?>("--fault-preset")
        {
            HelpName = "NAME",
            Description = $"Fault settings for a situation: {names}",
        };
        option.CompletionSources.Add([.. FaultPresets.All.Select(preset => preset.Name)]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var name }] && FaultPresets.Find(name) is null)
            {
                result.AddError($"{option.Name} '{name}' is not valid: it must be one of {names}.");
            }
        });
        return option;
    }

    private static FaultsFile? ReadFaults(ArgumentResult result)
    {
        var path = result.Tokens is [var token] ? token.Value : "";
        try
        {
            return FaultsFile.Open(path);
        }
        catch (InvalidDataException exception)
        {
            result.AddError($"--faults '{path}' is not valid: {exception.Message}");
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            result.AddError($"--faults '{path}' can't be read: {exception.Message}");
        }

        return null;
    }

    private static int ParsePort(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            result.AddError($"--port '{text}' is not valid: expected a number from 0 to {ushort.MaxValue}.");
        }

        return port;
    }

    private static IPAddress ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        result.AddError($"--listen '{text}' is not valid: expected an IP address, such as 127.0.0.1 or 0.0.0.0.");
        return IPAddress.Loopback;
    }

    private static string[] SplitHosts(string? names) => names?.Split(',', StringSplitOptions.TrimEntries) ?? [];

    private static void ValidateAllowedHosts(OptionResult result)
    {
        if (result.Tokens is [var token] && HostNames.FindInvalid(SplitHosts(token.Value)) is { } name)
        {
            result.AddError($"--allowed-hosts '{name}' is not valid: expected {HostNames.Expected}.");
        }
    }

    private static void ValidateData(OptionResult result)
    {
        if (result.Tokens is [{ Value: var folder }] && string.IsNullOrWhiteSpace(folder))
        {
            result.AddError($"--data '{folder}' is not valid: expected the path of a folder.");
        }
    }

    /// <summary>Other commands find an emulator that they share by its data folder.</summary>
    private void ValidateInMemory(OptionResult result)
    {
        foreach (var option in new Option[] { _data, _untilUnused })
        {
            if (!result.Implicit && result.GetResult(option) is { Implicit: false })
            {
                result.AddError(
                    $"{option.Name} needs a data folder, and --in-memory has none. Remove one of the two options."
                );
            }
        }
    }

    private static void ValidateAccountSid(OptionResult result)
    {
        if (result.Tokens is [{ Value: var sid }] && !Sid.IsSid(sid, "AC"))
        {
            result.AddError($"--account-sid '{sid}' is not valid: expected AC followed by 32 hexadecimal digits.");
        }
    }

    private static void ValidateCredentials(OptionResult result)
    {
        if (result.Tokens is [var token] && token.Value.IndexOf(':', StringComparison.Ordinal) <= 0)
        {
            // The message omits the value, which may be a password.
            result.AddError("--credentials is not valid: expected USER:PASSWORD.");
        }
    }
}
