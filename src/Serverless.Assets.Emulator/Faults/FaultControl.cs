namespace Serverless.Assets.Emulator.Faults;

/// <summary>The knobs that are set now; a request keeps to the plan that it began with.</summary>
internal sealed class FaultControl(EmulatorFaults initial)
{
    private volatile FaultPlan _plan = new(initial);

    public FaultPlan Plan => _plan;

    public EmulatorFaults Faults
    {
        get => _plan.Faults;
        set => _plan = new FaultPlan(value);
    }
}
