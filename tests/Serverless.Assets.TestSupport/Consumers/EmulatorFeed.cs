namespace Serverless.Assets.TestSupport;

/// <summary>A feed with the package of the emulator.</summary>
public sealed class EmulatorFeed() : PackedProject("src/Serverless.Assets.Emulator", $"1.0.0-test.{Guid.NewGuid():n}")
{
    /// <inheritdoc cref="ClientFeed.Configure"/>
    internal string Configure() => NuGetConfiguration.AddSource(Folder, Unpacked, PackageFeed.OfMachine);
}
