namespace Serverless.Assets.Emulator.Pages;

/// <summary>What every page of a request needs besides the stores.</summary>
/// <param name="Origin">The address at which the browser reaches the emulator.</param>
/// <param name="DataDirectory">The full path of the data folder; null if all data is in memory.</param>
/// <param name="Now">The service's time.</param>
internal sealed record PageContext(string Origin, int Port, string? DataDirectory, DateTimeOffset Now);
