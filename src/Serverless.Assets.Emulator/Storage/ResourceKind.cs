namespace Serverless.Assets.Emulator.Storage;

/// <summary>Assets and Functions have the same shape; the numbers are those in the database.</summary>
internal enum ResourceKind
{
    Asset = 0,
    Function = 1,
}
