namespace Serverless.Assets.Emulator.Hosting;

/// <summary>Another emulator works on the data folder.</summary>
internal sealed class DataFolderInUseException(string folder, string? url)
    : IOException($"The data folder {folder} is in use by an emulator at {url ?? "an unknown address"}.");
