using Serverless.Assets.Emulator;

return await EmulatorCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
