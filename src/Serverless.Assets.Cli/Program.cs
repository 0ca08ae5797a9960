using Serverless.Assets.Cli;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

// .NET ends a process that cannot open an assembly, so this comes first, with as few types as possible.
if (OpenFileLimit.Value < OpenFileLimit.Minimum)
{
    var error = ConfigurationDiagnostics.OpenFileLimitTooLow(OpenFileLimit.Value.Value, OpenFileLimit.Minimum);
    Console.Error.WriteLine($"error {error.Code}: {error.Render(FrontTerms.CommandLine)} {error.HelpLink}");
    return ExitCode.Failed;
}

return await CliApplication.RunAsync(args, CliConsole.FromProcess()).ConfigureAwait(false);
