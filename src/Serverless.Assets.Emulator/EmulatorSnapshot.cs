using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator;

/// <summary>
/// All resources and files of an emulator at one time. It is in memory and does not change, so it can be restored any
/// number of times, also into another emulator of this process. Requests, statistics, fault settings and behavior are
/// not part of it.
/// </summary>
public sealed class EmulatorSnapshot
{
    internal EmulatorSnapshot(IReadOnlyList<TableRows> tables, IReadOnlyDictionary<string, byte[]> contents)
    {
        Tables = tables;
        Contents = contents;
    }

    internal IReadOnlyList<TableRows> Tables { get; }

    /// <summary>By SHA-256.</summary>
    internal IReadOnlyDictionary<string, byte[]> Contents { get; }
}
