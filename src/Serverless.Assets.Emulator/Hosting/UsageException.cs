namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The command line is not one that the emulator knows.</summary>
internal sealed class UsageException(string message) : Exception(message);
