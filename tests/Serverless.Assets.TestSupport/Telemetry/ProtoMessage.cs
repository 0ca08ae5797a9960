using System.Buffers.Binary;
using System.Text;

namespace Serverless.Assets.TestSupport;

/// <summary>A protocol buffer message in its wire format: fields by number, without names or types.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public ProtoMessage(ReadOnlySpan<byte> wire)
    {
        while (wire.Length > 0)
        {
            var tag = Varint(ref wire);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(ref wire), []));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(wire), []));
                    wire = wire[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref wire);
                    _fields.Add((field, 0, wire[..length].ToArray()));
                    wire = wire[length..];
                    break;
                case 5:
                    _fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(wire), []));
                    wire = wire[4..];
                    break;
                default:
                    throw new InvalidDataException($"wire type {tag & 7}");
            }
        }
    }

    public bool Has(int field) => _fields.Exists(candidate => candidate.Field == field);

    public IEnumerable<ProtoMessage> Messages(int field) => Bytes(field).Select(bytes => new ProtoMessage(bytes));

    public ProtoMessage Message(int field) => Messages(field).Single();

    /// <summary>The text of a field; empty, which is the default of the format, if the field is missing.</summary>
    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).LastOrDefault() ?? []);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).LastOrDefault() ?? []);

    public long Number(int field) => (long)_fields.LastOrDefault(candidate => candidate.Field == field).Number;

    public double Double(int field) => BitConverter.Int64BitsToDouble(Number(field));

    /// <summary>Packed numbers of eight bytes each.</summary>
    public IReadOnlyList<double> Doubles(int field) =>
        [
            .. Bytes(field)
                .SelectMany(bytes => bytes.Chunk(8))
                .Select(bytes => BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        ];

    private IEnumerable<byte[]> Bytes(int field) =>
        _fields.Where(candidate => candidate.Field == field).Select(candidate => candidate.Bytes);

    private static ulong Varint(ref ReadOnlySpan<byte> wire)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = wire[0];
            wire = wire[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }
    }
}
