namespace Serverless.Assets.TestSupport;

/// <summary>Counts the bytes that are read.</summary>
internal sealed class CountingStream(byte[] content) : MemoryStream(content, writable: false)
{
    public long BytesRead { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Counted(base.Read(buffer, offset, count));

    public override int ReadByte()
    {
        var value = base.ReadByte();
        Counted(value < 0 ? 0 : 1);
        return value;
    }

    private int Counted(int count)
    {
        BytesRead += count;
        return count;
    }
}
