using Serverless.Assets.Emulator;
using Serverless.Assets.Emulator.Hosting;

Preloading.Begin();
return await EmulatorCommand.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
