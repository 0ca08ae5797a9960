using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The service's time: the given clock, and the shift that is set now.</summary>
internal sealed class EmulatorClock(TimeProvider clock, FaultControl faults)
{
    public DateTimeOffset Now => clock.GetUtcNow() + TimeSpan.FromSeconds(faults.Faults.ClockShiftSeconds);
}
