namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The current behavior, which can be replaced while requests are in progress.</summary>
internal sealed class BehaviorControl(EmulatorBehavior initial)
{
    private volatile EmulatorBehavior _current = initial;

    public EmulatorBehavior Current
    {
        get => _current;
        set => _current = value;
    }
}
