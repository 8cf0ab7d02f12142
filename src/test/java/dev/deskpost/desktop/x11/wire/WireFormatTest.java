package dev.deskpost.desktop.x11.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bytes as the X protocol, Appendix B, lays them out; no server is needed to know them. */
class WireFormatTest {

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Nested
    class Requests {

        @Test
        void carry_their_length_in_units_of_four_bytes() {
            assertThat(hex(Request.of(15).card32(0x400007).encode())).isEqualTo("0f000200" + "07004000");
        }

        @Test
        void are_padded_to_four_bytes() {
            assertThat(hex(Request.of(16).card16(5).card16(0).latin1("ATOM_").encode()))
                    .isEqualTo("10000400" + "05000000" + "41544f4d" + "5f000000");
        }

        @Test
        void may_be_long() {
            byte[] encoded = Request.of(18).bytes(new byte[40_000]).card32(-1).encode();
            assertThat(encoded).hasSize(40_008);
            assertThat(Packet.of(encoded).card16(2)).isEqualTo(10_002);
            assertThat(Packet.of(encoded).int32(40_004)).isEqualTo(-1);
        }

        @Test
        void say_negative_coordinates_in_sixteen_bits() {
            assertThat(hex(Request.of(40).card16(-1).card16(-40).encode())).isEqualTo("28000200" + "ffffd8ff");
        }
    }

    @Nested
    class The_greeting {

        @Test
        void shows_the_cookie_by_its_name() {
            byte[] greeting = Setup.request(bytes("00112233445566778899aabbccddeeff"));
            assertThat(hex(greeting))
                    .isEqualTo("6c000b0000001200" + "10000000" + "4d49542d4d414749432d434f4f4b49452d310000"
                            + "00112233445566778899aabbccddeeff");
        }

        @Test
        void is_short_without_one() {
            assertThat(hex(Setup.request(new byte[0]))).isEqualTo("6c000b000000000000000000");
        }

        @Test
        void is_answered_with_ids_limits_and_screens() {
            ByteBuffer body = ByteBuffer.allocate(32 + 4 + 8 + 40 + 8 + 24 + 40).order(ByteOrder.LITTLE_ENDIAN);
            body.putInt(4, 0x00400000)
                    .putInt(8, 0x001fffff)
                    .putShort(16, (short) 3)
                    .putShort(18, (short) 65535);
            body.put(20, (byte) 2).put(21, (byte) 1).put(26, (byte) 8).put(27, (byte) 255);
            int first = 32 + 4 + 8;
            body.putInt(first, 0x1de).putShort(first + 20, (short) 1600).putShort(first + 22, (short) 1000);
            body.put(first + 39, (byte) 1).putShort(first + 40 + 2, (short) 1);
            int second = first + 40 + 8 + 24;
            body.putInt(second, 0x2de).putShort(second + 20, (short) 800).putShort(second + 22, (short) 600);

            Setup setup = Setup.parse(body.array());

            assertThat(setup.resourceBase()).isEqualTo(0x00400000);
            assertThat(setup.maxRequestBytes()).isEqualTo(262_140);
            assertThat(setup.minKeycode()).isEqualTo(8);
            assertThat(setup.maxKeycode()).isEqualTo(255);
            assertThat(setup.screens())
                    .containsExactly(new Setup.Screen(0x1de, 1600, 1000), new Setup.Screen(0x2de, 800, 600));
            assertThat(setup.sameClient(0x00400007, 0x0041abcd)).isTrue();
            assertThat(setup.sameClient(0x00400007, 0x00600007)).isFalse();
        }
    }

    @Nested
    class Events {

        @Test
        void ask_for_a_selection() {
            byte[] event = bytes("1e 00 0500 e8030000 01004000 02006000 0a000000 0b000000 0c000000 00000000");
            assertThat(XEvent.parse(event))
                    .isEqualTo(new XEvent.SelectionRequest(1000, 0x400001, 0x600002, 10, 11, 12));
        }

        @Test
        void tell_that_a_selection_was_lost() {
            byte[] event = bytes("1d 00 0500 e8030000 01004000 0a000000 00000000 00000000 00000000 00000000");
            assertThat(XEvent.parse(event)).isEqualTo(new XEvent.SelectionClear(1000, 0x400001, 10));
        }

        @Test
        void tell_that_a_property_was_deleted() {
            byte[] event = bytes("1c 00 0500 02006000 0c000000 e8030000 01000000 00000000 00000000 00000000");
            assertThat(XEvent.parse(event)).isEqualTo(new XEvent.PropertyNotify(0x600002, 12, 1000, true));
        }

        @Test
        void are_the_same_when_another_client_sent_them() {
            byte[] event = bytes("9d 00 0500 e8030000 01004000 0a000000 00000000 00000000 00000000 00000000");
            assertThat(XEvent.parse(event)).isInstanceOf(XEvent.SelectionClear.class);
        }

        @Test
        void of_no_interest_still_say_that_something_happened() {
            byte[] event = new byte[32];
            event[0] = 22;
            assertThat(XEvent.parse(event)).isEqualTo(new XEvent.Other(22));
        }
    }
}
