namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// Which page of a list is wanted. Lists run from the newest row to the oldest, and a cursor is a row number, so rows
/// that are added meanwhile shift nothing.
/// </summary>
/// <param name="Number">Counted from 0.</param>
/// <param name="Before">Rows older than this one.</param>
/// <param name="After">Rows newer than this one, the nearest of them: the way back.</param>
internal sealed record PageCursor(int Number, int Size, long? Before, long? After);
