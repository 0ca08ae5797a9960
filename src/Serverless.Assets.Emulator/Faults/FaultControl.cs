using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The current fault settings. A request keeps the plans that were current when it arrived.</summary>
internal sealed class FaultControl(EmulatorFaults initial)
{
    private volatile FaultPlans _plans = new(initial);

    public FaultPlans Plans => _plans;

    public FaultPlan Plan => _plans.InScope;

    public EmulatorFaults Settings
    {
        get => Plan.Settings;
        set => _plans = new FaultPlans(value);
    }
}

/// <summary>The plan of the requests that the settings are limited to, and that of all others.</summary>
internal sealed class FaultPlans(EmulatorFaults settings)
{
    private readonly FaultScope _scope = new(settings);

    private readonly FaultPlan _outOfScope = new(FaultScope.GetRemaining(settings)) { IsOutOfScope = true };

    public FaultPlan InScope { get; } = new(settings);

    /// <inheritdoc cref="FaultScope.IncludesAsync"/>
    public async Task<FaultPlan> SelectAsync(HttpRequest request, ApiOperation operation, PendingForm form) =>
        await _scope.IncludesAsync(request, operation, form) ? InScope : _outOfScope;
}
