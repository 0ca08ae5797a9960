using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// Loads and compiles what every start needs on a second thread, while the first one reads the command line and creates
/// the host. A start consists mostly of the compilation of code that runs once.
/// </summary>
internal static class Preloading
{
    /// <summary>Begins, and returns at once. A failure is ignored: the start itself fails with it, and reports it.</summary>
    public static void Begin() => _ = Task.Run(ReadEmptyDatabase);

    private static void ReadEmptyDatabase()
    {
        using var database = DatabaseFile.Open(DatabaseFile.InMemory);
        var page = new ServiceStore(database).GetPage(
            ServerlessEmulatorOptions.DefaultAccountSid,
            new PageCursor(Number: 0, Size: 1, Before: null, After: null)
        );
        _ = ApiResponse.Error(StatusCodes.Status404NotFound, ErrorCode.NotFound, $"{page.Items.Count}");
    }
}
