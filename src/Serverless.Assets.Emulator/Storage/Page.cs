namespace Serverless.Assets.Emulator.Storage;

/// <param name="First">Row number of the first item.</param>
/// <param name="Last">Row number of the last item.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, long First, long Last, bool HasPrevious, bool HasNext);
