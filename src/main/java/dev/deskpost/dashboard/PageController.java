package dev.deskpost.dashboard;

import dev.deskpost.dashboard.MessagePages.Query;
import dev.deskpost.delivery.Probe;
import dev.deskpost.delivery.ProbeRecipient;
import dev.deskpost.desktop.DesktopUnavailable;
import dev.deskpost.message.MessageState;
import dev.deskpost.message.Priority;
import dev.deskpost.recipient.Recipients;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The page, and its parts, which it loads anew when they are out of date. */
@Controller
class PageController {

    private final Overview overview;
    private final MessagePages messages;
    private final RecipientList recipients;
    private final History history;
    private final Recipients directory;
    private final ProbeRecipient probeRecipient;

    PageController(
            Overview overview,
            MessagePages messages,
            RecipientList recipients,
            History history,
            Recipients directory,
            ProbeRecipient probeRecipient) {
        this.overview = overview;
        this.messages = messages;
        this.recipients = recipients;
        this.history = history;
        this.directory = directory;
        this.probeRecipient = probeRecipient;
    }

    /** What the page shows is of this moment, and for this person. */
    @ModelAttribute
    void keepNoCopies(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Which messages: an unknown state is any, and an unknown place the newest. */
    @InitBinder("query")
    void takeWhatMeansSomething(WebDataBinder binder) {
        binder.registerCustomEditor(MessageState.class, new Lenient(MessageState::valueOf));
        binder.registerCustomEditor(Long.class, new Lenient(Long::valueOf));
    }

    @GetMapping("/sign-in")
    String signIn(@RequestParam(required = false) @Nullable String wrong, Model model) {
        model.addAttribute("wrong", wrong != null);
        return "dashboard/sign-in";
    }

    @GetMapping("/")
    String page(Query query, @RequestParam(required = false) @Nullable String message, Model model) {
        model.addAttribute("view", overview.now());
        model.addAttribute("lines", messages.list(query));
        model.addAttribute("recipients", recipients.matching(null));
        model.addAttribute("recipientIds", directory.enabled());
        model.addAttribute("states", MessageState.values());
        model.addAttribute("priorities", Priority.values());
        model.addAttribute(
                "details",
                Optional.ofNullable(message).flatMap(messages::details).orElse(null));
        return "dashboard/page";
    }

    @GetMapping("/ui/overview")
    String overview(Model model) {
        model.addAttribute("view", overview.now());
        return "dashboard/overview :: overview";
    }

    @GetMapping("/ui/messages")
    String messages(Query query, Model model) {
        model.addAttribute("lines", messages.list(query));
        return "dashboard/messages :: lines";
    }

    @GetMapping("/ui/messages/{id}")
    String message(@PathVariable String id, Model model, HttpServletResponse response) {
        Optional<MessagePages.Details> details = messages.details(id);
        if (details.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        model.addAttribute("details", details.orElse(null));
        return "dashboard/details :: details";
    }

    @GetMapping("/ui/recipients")
    String recipients(@RequestParam(required = false) @Nullable String name, Model model) {
        model.addAttribute("recipients", recipients.matching(name));
        return "dashboard/recipients :: lines";
    }

    @GetMapping(path = "/ui/history", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<History.Point> history() {
        return history.lastHour();
    }

    /** With a POST, because the window comes to the front. */
    @PostMapping("/ui/recipients/{id}/probe")
    String probe(@PathVariable String id, Model model) {
        model.addAttribute("recipient", id);
        model.addAttribute("probe", null);
        model.addAttribute("obstacle", null);
        try {
            Optional<Probe> probe = directory.find(id).flatMap(probeRecipient::run);
            model.addAttribute("probe", probe.orElse(null));
            if (probe.isEmpty()) {
                model.addAttribute(
                        "obstacle",
                        directory.exists(id)
                                ? "somebody else keeps the desktop busy; probe again later"
                                : "there is no recipient of this name any more");
            }
        } catch (DesktopUnavailable e) {
            model.addAttribute("obstacle", "there is no desktop: " + e.reason());
        }
        return "dashboard/probe :: probe";
    }
}
