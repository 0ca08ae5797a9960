namespace Serverless.Assets.Emulator.Faults;

/// <summary>The current fault settings. A request keeps the plan that was current when it arrived.</summary>
internal sealed class FaultControl(EmulatorFaults initial)
{
    private volatile FaultPlan _plan = new(initial);

    public FaultPlan Plan => _plan;

    public EmulatorFaults Settings
    {
        get => _plan.Settings;
        set => _plan = new FaultPlan(value);
    }
}
