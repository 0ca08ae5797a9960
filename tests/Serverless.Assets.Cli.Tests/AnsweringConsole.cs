using Spectre.Console;
using Spectre.Console.Rendering;

namespace Serverless.Assets.Cli.Tests;

/// <summary>An interactive console whose user types one line.</summary>
internal sealed class AnsweringConsole : IAnsiConsole, IAnsiConsoleInput
{
    private readonly IAnsiConsole _console;
    private readonly Queue<ConsoleKeyInfo> _keys;

    private AnsweringConsole(IAnsiConsole console, string answer)
    {
        _console = console;
        _keys = new Queue<ConsoleKeyInfo>(
            answer.Select(letter => new ConsoleKeyInfo(
                letter,
                ConsoleKey.NoName,
                shift: false,
                alt: false,
                control: false
            ))
        );
        _keys.Enqueue(new ConsoleKeyInfo('\r', ConsoleKey.Enter, shift: false, alt: false, control: false));
    }

    public Profile Profile => _console.Profile;

    public IAnsiConsoleCursor Cursor => _console.Cursor;

    public IAnsiConsoleInput Input => this;

    public IExclusivityMode ExclusivityMode => _console.ExclusivityMode;

    public RenderPipeline Pipeline => _console.Pipeline;

    public static AnsweringConsole Create(AnsiConsoleSettings settings, string answer)
    {
        settings.Interactive = InteractionSupport.Yes;
        return new AnsweringConsole(AnsiConsole.Create(settings), answer);
    }

    public void Clear(bool home) => _console.Clear(home);

    public void Write(IRenderable renderable) => _console.Write(renderable);

    public void WriteAnsi(Action<AnsiWriter> action) => _console.WriteAnsi(action);

    public bool IsKeyAvailable() => _keys.Count > 0;

    public ConsoleKeyInfo? ReadKey(bool intercept) => _keys.Dequeue();

    public Task<ConsoleKeyInfo?> ReadKeyAsync(bool intercept, CancellationToken cancellationToken) =>
        Task.FromResult<ConsoleKeyInfo?>(_keys.Dequeue());
}
