using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The service's time: the time of <paramref name="timeProvider"/>, shifted by the fault settings.</summary>
internal sealed class EmulatorClock(TimeProvider timeProvider, FaultControl faults)
{
    public DateTimeOffset Now => timeProvider.GetUtcNow() + TimeSpan.FromSeconds(faults.Settings.ClockShiftSeconds);
}
