package dev.deskpost.desktop.awt;

import java.awt.AWTException;
import java.awt.Rectangle;
import java.awt.Robot;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/**
 * A process of its own around {@link Robot}: one command a line on standard input, {@code ok} or {@code error why} on
 * standard output for each. Ends with its input, so it never outlives the service.
 *
 * <p>Why not inside the service: Xlib ends the process when the X server goes, and AWT can connect to a display only once
 * in the life of a process. The service has to survive both.
 */
public final class RobotHost {

    private RobotHost() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        // Whatever a library prints must not look like an answer.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(line));
        }
    }

    private static String answer(String line) {
        String[] words = line.split(" ", 6);
        try {
            // A robot is undefined after the screens were rearranged; a new one costs next to nothing.
            Robot robot = new Robot();
            switch (words[0]) {
                case "hello" -> {}
                case "move" -> robot.mouseMove(number(words[1]), number(words[2]));
                case "keys" -> RobotChord.parse(words[1]).press(robot);
                case "capture" -> capture(robot, words);
                default -> {
                    return "error unknown command " + words[0];
                }
            }
            return "ok";
        } catch (AWTException | IOException | RuntimeException | LinkageError e) {
            return "error " + e.toString().replace('\n', ' ');
        }
    }

    private static void capture(Robot robot, String[] words) throws IOException {
        Rectangle area = new Rectangle(number(words[1]), number(words[2]), number(words[3]), number(words[4]));
        ImageIO.write(robot.createScreenCapture(area), "png", new File(words[5]));
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
