using Serverless.Assets.Cli;

return await CliApplication.RunAsync(args, CliConsole.OfProcess()).ConfigureAwait(false);
